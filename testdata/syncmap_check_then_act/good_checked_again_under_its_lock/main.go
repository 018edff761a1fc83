package main

import "sync"

type queue struct {
	mu    sync.Mutex
	items []int
	done  int
}

type queues struct {
	byGroup sync.Map
	drained sync.Map
}

// An empty queue is dropped after another look at it under its own lock.
func (q *queues) process(group int) bool {
	v, ok := q.byGroup.Load(group)
	if !ok {
		return false
	}
	one := v.(*queue)
	q.drained.Store(one, true)
	one.mu.Lock()
	if len(one.items) == 0 {
		q.byGroup.Delete(group)
	}
	one.mu.Unlock()
	return true
}

func main() {
	q := &queues{}
	for group := 0; group < 10; group++ {
		q.byGroup.Store(group, &queue{})
	}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for group := 0; group < 10; group++ {
				q.process(group)
			}
		})
	}
	wg.Wait()
	if _, ok := q.byGroup.Load(3); ok {
		panic("it is still there")
	}
}
