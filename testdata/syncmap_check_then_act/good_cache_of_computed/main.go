package main

import (
	"strings"
	"sync"
)

type entry struct{ upper, lower string }

var (
	names   sync.Map
	entries sync.Map
)

// It makes no difference whose result stays: one is as good as the other.
func upper(s string) string {
	if v, ok := names.Load(s); ok {
		return v.(string)
	}
	u := strings.ToUpper(s)
	names.Store(s, u)
	return u
}

func both(s string) *entry {
	if v, ok := entries.Load(s); ok {
		return v.(*entry)
	}
	e := &entry{upper: strings.ToUpper(s), lower: strings.ToLower(s)}
	entries.Store(s, e)
	return e
}

func main() {
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 1000; i++ {
				if upper("a") != "A" || both("B").lower != "b" {
					panic("wrong")
				}
			}
		})
	}
	wg.Wait()
}
