package main

import "sync"

type Manager struct {
	mu       sync.Mutex
	sections map[string]int
	wg       sync.WaitGroup
}

func New() *Manager { return &Manager{sections: map[string]int{}} }

func (m *Manager) empty() bool { return m.sections == nil }

func (m *Manager) watch(changes <-chan int) {
	defer m.wg.Done()
	for range changes {
		m.mu.Lock()
		if m.empty() {
			panic("no sections")
		}
		m.mu.Unlock()
	}
}

// Register starts a goroutine before it looks whether there is a map, which there always is.
func (m *Manager) Register(changes <-chan int) {
	m.wg.Add(1)
	go m.watch(changes)
	if m.sections == nil {
		m.sections = make(map[string]int)
	}
}

func main() {
	for range 10 {
		m := New()
		changes := make(chan int, 1)
		changes <- 1
		close(changes)
		m.Register(changes)
		m.wg.Wait()
	}
}
