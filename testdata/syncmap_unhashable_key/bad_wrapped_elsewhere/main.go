// fails: panic (hash of )?unhashable type

package main

import (
	"fmt"

	"example.com/testdata/syncmap_unhashable_key/bad_wrapped_elsewhere/spans"
)

var tables spans.Map

func main() {
	span := spans.Span{Start: []byte("a"), End: []byte("b")}
	tables.Store(span, 1)          // want "GM305"
	fmt.Println(tables.Load(span)) // want "GM305"
}
