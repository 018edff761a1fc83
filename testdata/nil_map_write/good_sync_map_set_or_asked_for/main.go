// One pointer is set by the constructor, the other one is asked about.
package main

import "sync"

type Service struct {
	cache *sync.Map
	trace *sync.Map
}

func New() *Service { return &Service{cache: new(sync.Map)} }

func (s *Service) Get(key string) (any, bool) {
	if s.trace != nil {
		s.trace.Store(key, true)
	}
	return s.cache.Load(key)
}

func main() {
	done := make(chan bool)
	s := New()
	go func() { s.Get("a"); close(done) }()
	<-done
}
