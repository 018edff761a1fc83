package main

import (
	"hash/maphash"
	"strconv"
	"sync"
)

type shard struct {
	sync.Mutex
	m map[string]int
}

type Sharded struct {
	seed   maphash.Seed
	shards [8]shard
}

func (s *Sharded) of(k string) *shard {
	return &s.shards[maphash.String(s.seed, k)%8]
}

func (s *Sharded) Inc(k string) {
	part := s.of(k)
	part.Lock()
	defer part.Unlock()
	part.m[k]++
}

func (s *Sharded) Len() (n int) {
	for i := range s.shards {
		s.shards[i].Lock()
		n += len(s.shards[i].m)
		s.shards[i].Unlock()
	}
	return n
}

func main() {
	s := &Sharded{seed: maphash.MakeSeed()}
	for i := range s.shards {
		s.shards[i].m = map[string]int{}
	}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 2000; i++ {
				s.Inc(strconv.Itoa(i % 100))
				s.Len()
			}
		})
	}
	wg.Wait()
	if s.Len() != 100 {
		panic(s.Len())
	}
}
