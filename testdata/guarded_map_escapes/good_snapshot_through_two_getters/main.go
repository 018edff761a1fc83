package main

import "sync"

// Shards keeps a map that never changes once somebody has it: each change of the shards leads to another one.
type Shards struct {
	mu       sync.Mutex
	all      map[int]bool
	version  int
	readonly map[int]bool
	current  int
}

func (s *Shards) Add(shard int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.all[shard] {
		s.all[shard] = true
		s.version++
	}
}

func (s *Shards) snapshot() map[int]bool {
	if s.readonly != nil && s.current == s.version {
		return s.readonly
	}
	s.readonly = make(map[int]bool)
	for shard := range s.all {
		s.readonly[shard] = true
	}
	s.current = s.version
	return s.readonly
}

func (s *Shards) latest() map[int]bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.snapshot()
}

type Index struct{ shards *Shards }

func (i *Index) Shards() map[int]bool { return i.shards.latest() }

func (i *Index) Count() int {
	n := 0
	found := i.Shards()
	for range found {
		n++
	}
	return n
}

func main() {
	i := &Index{&Shards{all: map[int]bool{}}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for n := range 1000 {
				i.shards.Add(n)
				if i.Count() == 0 {
					panic("empty")
				}
			}
		})
	}
	wg.Wait()
}
