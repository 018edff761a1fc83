package server

import "sync"

type Server struct {
	methods map[string]func() int
	calls   chan string
	running sync.WaitGroup
	closed  sync.Mutex
}

func New() *Server {
	return &Server{calls: make(chan string)}
}

func (s *Server) Run() {
	s.methods = map[string]func() int{}
	addMethods(s.methods)
	s.running.Add(1)
	go s.accept()
}

func addMethods(methods map[string]func() int) {
	methods["a"] = func() int { return 1 }
}

func (s *Server) accept() {
	defer s.running.Done()
	for name := range s.calls {
		s.running.Add(1)
		go s.serve(name)
	}
}

func (s *Server) serve(name string) {
	defer s.running.Done()
	if method, ok := s.methods[name]; ok {
		method()
	}
}

func (s *Server) Call(name string) { s.calls <- name }

func (s *Server) Close() {
	s.closed.Lock()
	defer s.closed.Unlock()
	close(s.calls)
	s.running.Wait()
}
