// fails: race

package main

import (
	"errors"
	"sync"
)

type Src struct{ id int }

func (s Src) load(out map[int]string, mu *sync.Mutex) error {
	for i := 0; i < 2000; i++ {
		mu.Lock()
		out[s.id*10000+i] = "x"
		mu.Unlock()
	}
	if s.id == 0 {
		return errors.New("source 0 failed")
	}
	return nil
}

// Returns at the first error while the other goroutines still write.
func loadAll(srcs []Src) (map[int]string, error) {
	out := map[int]string{}
	var mu sync.Mutex
	errc := make(chan error, len(srcs))
	for _, s := range srcs {
		go func() { errc <- s.load(out, &mu) }()
	}
	for range srcs {
		if err := <-errc; err != nil {
			return out, err // may "GM10[16]"
		}
	}
	return out, nil
}

func main() {
	for r := 0; r < 100; r++ {
		out, _ := loadAll([]Src{{0}, {1}, {2}, {3}})
		out[-1] = "partial" // want "GM10[14]"
	}
}
