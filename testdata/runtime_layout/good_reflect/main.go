package main

import (
	"reflect"
	"unsafe"
)

// What can be known about a map without knowing how it is laid out; unsafe is about something else.
func size(m any) (entries int, reference uintptr) {
	return reflect.ValueOf(m).Len(), unsafe.Sizeof(m)
}

func main() {
	if n, _ := size(map[int]int{1: 1}); n != 1 {
		panic(n)
	}
}
