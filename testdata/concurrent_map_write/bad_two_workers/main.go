// fails: race

package main

import (
	"strconv"
	"sync"
)

type Stats struct {
	hits map[string]int
}

func (s *Stats) worker(id int, wg *sync.WaitGroup) {
	defer wg.Done()
	for i := 0; i < 20000; i++ {
		s.hits[strconv.Itoa(i%50)] = id // want "GM101.*hits"
	}
}

func main() {
	s := &Stats{hits: map[string]int{}}
	var wg sync.WaitGroup
	wg.Add(2)
	go s.worker(1, &wg)
	go s.worker(2, &wg)
	wg.Wait()
}
