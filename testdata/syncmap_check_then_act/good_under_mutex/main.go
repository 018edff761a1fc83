package main

import "sync"

type Votes struct {
	mu    sync.Mutex
	count sync.Map
}

// Writers take turns; the sync.Map is there for readers who don't wait for them.
func (v *Votes) Add(name string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	n := 0
	if old, ok := v.count.Load(name); ok {
		n = old.(int)
	}
	v.count.Store(name, n+1)
}

func (v *Votes) Drop(name string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	_, ok := v.count.Load(name)
	if ok {
		v.count.Delete(name)
	}
	return ok
}

func (v *Votes) Of(name string) any {
	n, _ := v.count.Load(name)
	return n
}

func main() {
	v := &Votes{}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 2000; i++ {
				v.Add("a")
				v.Of("a")
			}
		})
	}
	wg.Wait()
	if v.Of("a") != 8000 || !v.Drop("a") {
		panic("lost")
	}
}
