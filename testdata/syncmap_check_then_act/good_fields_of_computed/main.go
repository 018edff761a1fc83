package main

import (
	"strings"
	"sync"
)

type details struct{ name, kind string }

var cache sync.Map

// describe may compute the same details twice: one is as good as the other.
func describe(key string) (string, string) {
	if v, ok := cache.Load(key); ok {
		d := v.(*details)
		return d.name, d.kind
	}
	name := strings.ToUpper(key)
	d := &details{name: name, kind: "gauge"}
	cache.Store(key, d)
	return d.name, d.kind
}

func main() {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if name, _ := describe("a"); name != "A" {
				panic(name)
			}
		})
	}
	wg.Wait()
}
