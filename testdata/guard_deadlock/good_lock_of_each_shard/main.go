package main

import "sync"

type shard struct {
	mu sync.Mutex
	m  map[string]int
}

type Table struct{ shards []*shard }

// Sum takes a different lock in each iteration and holds them all until the end: a consistent sum.
func (t *Table) Sum() (sum int) {
	for _, s := range t.shards {
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, v := range s.m {
			sum += v
		}
	}
	return sum
}

func (t *Table) Reset() {
	for i := range t.shards {
		t.shards[i].mu.Lock()
		defer t.shards[i].mu.Unlock()
		clear(t.shards[i].m)
	}
}

func main() {
	t := &Table{shards: []*shard{{m: map[string]int{"a": 1}}, {m: map[string]int{"b": 2}}}}
	if t.Sum() != 3 {
		panic("wrong")
	}
	t.Reset()
}
