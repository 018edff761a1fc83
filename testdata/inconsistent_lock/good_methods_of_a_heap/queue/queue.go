package queue

import (
	"container/heap"
	"sync"
)

type Queue struct {
	mu    sync.Mutex
	items []int
	index map[int]int
}

func New() *Queue {
	return &Queue{index: map[int]int{}}
}

func (q *Queue) Add(n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if _, ok := q.index[n]; !ok {
		heap.Push(q, n)
	}
}

func (q *Queue) Next() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return heap.Pop(q).(int)
}

func (q *Queue) Has(n int) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	_, ok := q.index[n]
	return ok
}

func (q *Queue) Position(n int) int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.index[n]
}

// Len, like the methods below, is for heap alone.
func (q *Queue) Len() int { return len(q.items) }

func (q *Queue) Less(i, j int) bool { return q.items[i] < q.items[j] }

func (q *Queue) Swap(i, j int) {
	q.items[i], q.items[j] = q.items[j], q.items[i]
	q.index[q.items[i]] = i
	q.index[q.items[j]] = j
}

func (q *Queue) Push(x any) {
	n := x.(int)
	q.index[n] = len(q.items)
	q.items = append(q.items, n)
}

func (q *Queue) Pop() any {
	last := len(q.items) - 1
	n := q.items[last]
	q.items = q.items[:last]
	delete(q.index, n)
	return n
}
