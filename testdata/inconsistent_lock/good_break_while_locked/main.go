package main

import (
	"runtime"
	"sync"
)

type Queue struct {
	mu    sync.Mutex
	ready bool
	jobs  map[int]string
}

// Take waits until there is something, and leaves the loop with the lock.
func (q *Queue) Take() int {
	for {
		q.mu.Lock()
		if q.ready {
			break
		}
		q.mu.Unlock()
		runtime.Gosched()
	}
	n := len(q.jobs)
	clear(q.jobs)
	q.mu.Unlock()
	return n
}

func (q *Queue) Put(id int, job string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.jobs[id] = job
	q.ready = true
}

func main() {
	q := &Queue{jobs: map[int]string{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 500; i++ {
				q.Put(i, "job")
				q.Take()
			}
		})
	}
	wg.Wait()
}
