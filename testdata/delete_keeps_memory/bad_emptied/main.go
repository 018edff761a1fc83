// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"runtime"
)

type Cache struct{ m map[int][16]int64 }

// Flush removes the entries, but the table with room for all of them stays.
func (c *Cache) Flush() {
	for k := range c.m {
		delete(c.m, k) // want "GM502"
	}
}

func heapMiB() float64 {
	runtime.GC()
	runtime.GC()
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	return float64(s.HeapAlloc) / (1 << 20)
}

func main() {
	c := &Cache{m: map[int][16]int64{}}
	for i := 0; i < 200_000; i++ {
		c.m[i] = [16]int64{}
	}
	full := heapMiB()
	c.Flush()
	empty := heapMiB()
	if len(c.m) == 0 && empty > full/2 {
		fmt.Printf("full %.0f MiB, emptied %.0f MiB\n", full, empty)
		os.Exit(1)
	}
}
