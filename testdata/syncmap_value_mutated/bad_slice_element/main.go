// fails: race

package main

import "sync"

type Histogram struct{ byName sync.Map }

func (h *Histogram) Add(name string, bucket int) {
	v, _ := h.byName.LoadOrStore(name, make([]int, 10))
	counts := v.([]int)
	counts[bucket%10]++ // want "GM304.*byName"
}

func main() {
	h := &Histogram{}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 5000; i++ {
				h.Add("a", i)
			}
		})
	}
	wg.Wait()
}
