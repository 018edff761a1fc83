// note: it works today, for as long as the runtime keeps the function and its signature

package main

import (
	"fmt"
	"unsafe"
)

//go:linkname mapaccess2 runtime.mapaccess2
func mapaccess2(t, m, key unsafe.Pointer) (unsafe.Pointer, bool) // want "GM503"

type eface struct{ typ, data unsafe.Pointer }

func main() {
	m := map[int]string{1: "a"}
	var i any = m
	e := (*eface)(unsafe.Pointer(&i))
	k := 1
	p, ok := mapaccess2(e.typ, e.data, unsafe.Pointer(&k))
	fmt.Println("linkname works:", ok, *(*string)(p))
}
