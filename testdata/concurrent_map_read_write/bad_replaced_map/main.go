// fails: race

package main

import (
	"strconv"
	"sync"
)

type Rules struct {
	mu    sync.Mutex
	rules map[string]int
}

func (r *Rules) Reload(n int) {
	next := make(map[string]int)
	for i := 0; i < n; i++ {
		next[strconv.Itoa(i)] = i
	}
	r.rules = next // may "GM10[12].*rules"
}

func (r *Rules) Match(k string) int {
	return r.rules[k] // want "GM102.*rules"
}

func main() {
	r := &Rules{rules: map[string]int{}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 5000; i++ {
			r.Reload(10)
		}
	})
	for i := 0; i < 200000; i++ {
		r.Match("1")
	}
	wg.Wait()
}
