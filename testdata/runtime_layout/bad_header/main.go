// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"unsafe"
)

// The header of a map as it was before Go 1.24.
type hmap struct {
	count     int
	flags     uint8
	B         uint8
	noverflow uint16
	hash0     uint32
}

func buckets(m map[int]int) int {
	h := *(**hmap)(unsafe.Pointer(&m)) // want "GM504"
	return 1 << (h.B & 63)
}

func main() {
	// The seed is random, and so is what is taken for B: it can't be the same for maps of one size.
	seen := map[int]int{}
	for i := 0; i < 64; i++ {
		m := map[int]int{}
		for k := 0; k < 1000; k++ {
			m[k] = k
		}
		seen[buckets(m)]++
	}
	if len(seen) > 1 {
		fmt.Println("equal maps have different numbers of buckets:", seen)
		os.Exit(1)
	}
}
