// fails: race

package main

import "sync"

type Queue struct {
	mu      sync.Mutex
	pending map[int]string
	closed  bool
}

func (q *Queue) Push(id int, job string) bool {
	q.mu.Lock()
	if q.closed {
		q.mu.Unlock()
		return false
	}
	q.mu.Unlock()
	q.pending[id] = job // want "GM10[14].*pending"
	return true
}

func (q *Queue) Done(id int) {
	q.mu.Lock()
	delete(q.pending, id)
	q.mu.Unlock()
}

func (q *Queue) Left() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.pending)
}

func main() {
	q := &Queue{pending: map[int]string{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 3000; i++ {
				q.Push(i%100, "job")
				q.Done(i % 100)
				q.Left()
			}
		})
	}
	wg.Wait()
}
