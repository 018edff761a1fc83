package main

import "sync"

type shard struct{ entries sync.Map }

type store struct {
	shards []*shard
	first  shard
	extra  *sync.Map
}

func newStore() *store {
	s := &store{first: shard{}, extra: new(sync.Map)}
	for i := 0; i < 4; i++ {
		s.shards = append(s.shards, &shard{entries: sync.Map{}})
	}
	return s
}

func main() {
	s := newStore()
	for _, one := range s.shards {
		one.entries.Store("a", 1)
	}
	same := s.extra
	same.Store("a", 1)
	if _, ok := s.extra.Load("a"); !ok {
		panic("lost")
	}
}
