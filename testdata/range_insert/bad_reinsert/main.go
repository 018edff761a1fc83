// misbehaves: exit 1

package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
)

type LRU struct{ m map[string]int }

// Delete and re-insert the same key in the loop: it may be visited again and again.
func (l *LRU) touchAll(limit int) int {
	visits := 0
	for k, v := range l.m {
		visits++
		delete(l.m, k)
		l.m[k] = v + 1 // want "GM202"
		if visits == limit {
			break
		}
	}
	return visits
}

func main() {
	visits := map[int]int{}
	for r := 0; r < 1000; r++ {
		l := &LRU{m: map[string]int{}}
		for i := 0; i < 100; i++ {
			l.m[strconv.Itoa(i)] = 0
		}
		for i := 0; i < 100; i += 2 { // earlier deletes leave holes: without them 1.27.3 always visits 50
			delete(l.m, strconv.Itoa(i))
		}
		visits[l.touchAll(1_000_000)]++
	}
	ks := slices.Sorted(maps.Keys(visits))
	if len(ks) > 1 || ks[0] != 50 {
		fmt.Printf("%d distinct visit counts for 50 keys (%d..%d)\n", len(ks), ks[0], ks[len(ks)-1])
		os.Exit(1)
	} else {
		fmt.Println("always 50 visits")
		os.Exit(1)
	}
}
