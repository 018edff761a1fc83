// fails: race

package main

import (
	"strconv"
	"sync"
	"sync/atomic"
)

type config struct{ tags map[string]string }

type Server struct{ cfg atomic.Pointer[config] }

func (s *Server) config() *config { return s.cfg.Load() }

func (s *Server) Tag(key, value string) {
	c := s.config()
	c.tags[key] = value // want "GM109.*c.tags"
}

func main() {
	s := &Server{}
	s.cfg.Store(&config{tags: map[string]string{}})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 5000 {
				s.Tag(strconv.Itoa(i%100), "x")
			}
		})
	}
	wg.Wait()
}
