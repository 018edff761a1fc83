package main

import (
	"fmt"

	"example.com/testdata/syncmap_unhashable_key/good_wrapped_elsewhere/spans"
)

var tables spans.Map

func main() {
	span := spans.Span{Start: []byte("a"), End: []byte("b")}
	tables.Store(span, 1)
	fmt.Println(tables.Load(span))
}
