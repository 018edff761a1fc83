// fails: race

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
	return &copied // want "GM106.*Config.Tags"
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
				_ = s.Config().Tags["a"] // want "GM104.*Config.Tags"
			}
		}()
	}
	close(start)
	wg.Wait()
}
