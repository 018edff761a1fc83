package main

import "sync"

type Queue struct {
	mu    sync.Mutex
	ready map[string]int
}

func (q *Queue) First(keys []string) (int, bool) {
	for _, key := range keys {
		if key == "" {
			continue
		}
		q.mu.Lock()
		defer q.mu.Unlock() // runs at once: the iteration returns
		v, ok := q.ready[key]
		return v, ok
	}
	return 0, false
}

func (q *Queue) Next(keys chan string) int {
	for {
		key := <-keys
		q.mu.Lock()
		if v, ok := q.ready[key]; ok {
			delete(q.ready, key)
			q.mu.Unlock()
			return v
		}
		q.mu.Unlock()
	}
}

func main() {
	q := &Queue{ready: map[string]int{"a": 1}}
	q.First([]string{"", "a"})
	keys := make(chan string, 2)
	keys <- "b"
	keys <- "a"
	q.Next(keys)
}
