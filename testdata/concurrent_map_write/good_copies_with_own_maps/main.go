package main

import (
	"fmt"
	"maps"
	"sync"
)

type Options struct {
	Labels map[string]string
	Number int
}

func main() {
	base := Options{Labels: map[string]string{"app": "x"}}
	var wg sync.WaitGroup
	for i := range 4 {
		own := base
		own.Number = i
		own.Labels = maps.Clone(base.Labels)
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 2000 {
				own.Labels["number"] = fmt.Sprint(own.Number)
			}
		}()
	}
	wg.Wait()
	fmt.Println(len(base.Labels))
}
