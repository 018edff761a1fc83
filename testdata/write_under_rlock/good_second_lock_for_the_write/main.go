package main

import (
	"strconv"
	"sync"
)

type Tracker struct {
	phase  sync.RWMutex // exclusive: no tracking goes on
	refsMu sync.Mutex
	refs   map[string]int
}

// Many may track at a time, which is what the second lock is for.
func (t *Tracker) Track(k string) {
	t.phase.RLock()
	defer t.phase.RUnlock()
	if t.refs == nil {
		return
	}
	t.refsMu.Lock()
	t.refs[k]++
	t.refsMu.Unlock()
}

func (t *Tracker) Finish() int {
	t.phase.Lock()
	defer t.phase.Unlock()
	n := len(t.refs)
	t.refs = map[string]int{}
	return n
}

func main() {
	t := &Tracker{refs: map[string]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 5000; i++ {
				t.Track(strconv.Itoa(i % 50))
			}
		})
	}
	n := 0
	for i := 0; i < 100; i++ {
		n += t.Finish()
	}
	wg.Wait()
	println(n >= 0)
}
