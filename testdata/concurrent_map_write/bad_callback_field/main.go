// fails: race

package main

import (
	"strconv"
	"sync"
)

type Server struct {
	onConn func(id string)
	conns  map[string]bool
}

func newServer() *Server {
	s := &Server{conns: map[string]bool{}}
	s.onConn = func(id string) {
		s.conns[id] = true // want "GM101.*Server.conns"
	}
	return s
}

func (s *Server) handle(id string, wg *sync.WaitGroup) {
	defer wg.Done()
	s.onConn(id)
}

func (s *Server) serve(ids []string) {
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Add(1)
		go s.handle(id, &wg)
	}
	wg.Wait()
}

func main() {
	ids := make([]string, 2000)
	for i := range ids {
		ids[i] = strconv.Itoa(i)
	}
	newServer().serve(ids)
}
