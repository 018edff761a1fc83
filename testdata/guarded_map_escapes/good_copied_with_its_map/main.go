package main

import "sync"

type Config struct {
	Name string
	Tags map[string]int
}

type Store struct {
	mu     sync.RWMutex
	config *Config
}

func (s *Store) Config() *Config {
	s.mu.RLock()
	defer s.mu.RUnlock()
	copied := *s.config
	copied.Tags = make(map[string]int, len(s.config.Tags))
	for name, n := range s.config.Tags {
		copied.Tags[name] = n
	}
	return &copied
}

func (s *Store) Tag(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.config.Tags[name]++
}

func main() {
	s := &Store{config: &Config{Tags: map[string]int{}}}
	start := make(chan struct{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-start
			for range 10000 {
				s.Tag("a")
				_ = s.Config().Tags["a"]
			}
		}()
	}
	close(start)
	wg.Wait()
}
