// misbehaves: exit 1

package main

import (
	"fmt"
	"math"
	"os"
)

type Hist struct{ buckets map[float64]int }

func (h *Hist) Reset() {
	for k := range h.buckets {
		delete(h.buckets, k) // may "GM405"
	}
}

func main() {
	h := &Hist{buckets: map[float64]int{1: 1}}
	zero := 0.0
	for i := 0; i < 5; i++ {
		h.buckets[zero/zero]++ // want "GM405.*buckets"
	}
	h.Reset()
	if len(h.buckets) != 0 {
		_, ok := h.buckets[math.NaN()]
		fmt.Println("entries left after deleting all keys:", len(h.buckets), "lookup ok:", ok)
		os.Exit(1)
	}
}
