package main

import "sync"

type syncer struct {
	mu      sync.Mutex
	idle    bool
	copying map[string]bool
}

func newSyncer() *syncer { return &syncer{copying: map[string]bool{}} }

// An idle syncer shows that there is nothing to do, and is never run.
func newIdleSyncer() *syncer { return &syncer{idle: true} }

func (s *syncer) run(names ...string) {
	for _, name := range names {
		s.copy(name)
	}
}

func (s *syncer) copy(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.copying[name] = true
}

func main() {
	for _, one := range []*syncer{newSyncer(), newIdleSyncer()} {
		if !one.idle {
			one.run("a", "b")
		}
	}
}
