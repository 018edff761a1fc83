package main

import (
	"fmt"
	"unsafe"
)

type header struct {
	data unsafe.Pointer
	len  int
	cap  int
}

// Whether two variables hold the same map; what the reference points to stays private.
func same(a, b map[string]int) bool {
	return *(*unsafe.Pointer)(unsafe.Pointer(&a)) == *(*unsafe.Pointer)(unsafe.Pointer(&b))
}

func main() {
	m := map[string]int{}
	s := []int{1, 2}
	fmt.Println(same(m, m), same(m, map[string]int{}), (*header)(unsafe.Pointer(&s)).len)
}
