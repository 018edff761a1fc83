// fails: race

package main

import "sync"

type Queue struct {
	drain   sync.RWMutex
	note    sync.Mutex
	pending map[int]bool
}

func (q *Queue) Note(peer int) {
	q.drain.RLock()
	q.note.Lock()
	q.pending[peer] = true // want "GM105"
	q.note.Unlock()
	q.drain.RUnlock()
}

// Has is let in beside Note.
func (q *Queue) Has(peer int) bool {
	q.drain.RLock()
	defer q.drain.RUnlock()
	return q.pending[peer]
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
			for i := range 10000 {
				q.Note(i)
				q.Has(i)
			}
			q.Drain()
		})
	}
	wg.Wait()
}
