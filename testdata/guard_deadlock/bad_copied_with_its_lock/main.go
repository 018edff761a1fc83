// fails: deadlock

package main

import "sync"

type Config struct {
	mu  sync.RWMutex
	env map[string]string
}

type Server struct{ config Config }

func (s *Server) Env(name string) string {
	s.config.mu.RLock()
	defer s.config.mu.RUnlock()
	return s.config.env[name]
}

// Replace stores a configuration that nobody can read any more.
func (s *Server) Replace(env map[string]string) {
	c := Config{env: env}
	s.config.mu.Lock()
	s.config.mu.Unlock()
	c.mu.Lock() // want "GM111"
	s.config = c
}

func main() {
	s := &Server{}
	s.Replace(map[string]string{"a": "b"})
	s.Env("a")
}
