// fails: race

package main

import (
	"runtime"
	"sync"
)

var scratch = sync.Pool{New: func() any { return map[string]int{} }}

func handle(id int) {
	fields := scratch.Get().(map[string]int)
	clear(fields)
	fields["id"] = id
	scratch.Put(fields)
	runtime.Gosched()
	fields["done"] = 1 // want "GM109.*fields"
}

func main() {
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				handle(i)
			}
		})
	}
	wg.Wait()
}
