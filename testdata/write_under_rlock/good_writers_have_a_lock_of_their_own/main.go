package main

import "sync"

// Queue lets many note peers at a time, one after the other, and one drain them when nobody notes any.
type Queue struct {
	drain   sync.RWMutex
	note    sync.Mutex
	pending map[int]bool
}

func (q *Queue) Note(peer int) {
	q.drain.RLock()
	q.note.Lock()
	q.pending[peer] = true
	q.note.Unlock()
	q.drain.RUnlock()
}

func (q *Queue) Drain() int {
	q.drain.Lock()
	defer q.drain.Unlock()
	n := len(q.pending)
	q.pending = map[int]bool{}
	return n
}

func main() {
	q := &Queue{pending: map[int]bool{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 300 {
				q.Note(i)
				q.Drain()
			}
		})
	}
	wg.Wait()
}
