// fails: race

package main

import (
	"sync"
	"time"
)

type Queue struct {
	mu   sync.Mutex
	cond *sync.Cond
	jobs map[int]string
}

func (q *Queue) Put(id int) {
	q.jobs[id] = "new" // want "GM10[14].*jobs"
	q.mu.Lock()
	q.cond.Signal()
	q.mu.Unlock()
}

func (q *Queue) Take() int {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	for len(q.jobs) == 0 {
		q.cond.Wait()
	}
	for id := range q.jobs {
		delete(q.jobs, id)
		return id
	}
	return -1
}

func main() {
	q := &Queue{jobs: map[int]string{}}
	q.cond = sync.NewCond(&q.mu)
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 20000; i++ {
			q.Put(i)
		}
	})
	wg.Go(func() {
		t := time.AfterFunc(2*time.Second, func() { q.Put(-1) })
		defer t.Stop()
		for i := 0; i < 8000; i++ {
			q.Take()
		}
	})
	wg.Wait()
}
