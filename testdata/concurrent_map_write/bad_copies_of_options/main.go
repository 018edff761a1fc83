// fails: race

package main

import (
	"fmt"
	"sync"
)

type Options struct {
	Labels map[string]string
	Number int
}

func work(options Options) {
	for range 2000 {
		options.Labels["number"] = fmt.Sprint(options.Number) // want "GM101"
	}
}

func main() {
	base := Options{Labels: map[string]string{"app": "x"}}
	var wg sync.WaitGroup
	for i := range 4 {
		own := base // another struct, the same map
		own.Number = i
		wg.Add(1)
		go func() {
			defer wg.Done()
			work(own)
		}()
	}
	wg.Wait()
	fmt.Println(len(base.Labels))
}
