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

func (s *Shards) All() map[int]bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.snapshot()
}

func main() {
	s := &Shards{all: map[int]bool{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 1000 {
				s.Add(i)
				n := 0
				for range s.All() {
					n++
				}
				if n == 0 {
					panic("empty")
				}
			}
		})
	}
	wg.Wait()
}
