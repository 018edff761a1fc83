// fails: race

package main

import "sync"

type Manager struct {
	mu       sync.Mutex
	sections map[string]int
	wg       sync.WaitGroup
}

func New() *Manager { return &Manager{} }

func (m *Manager) empty() bool { return m.sections == nil } // want "GM102"

func (m *Manager) watch(changes <-chan int) {
	defer m.wg.Done()
	for range changes {
		m.mu.Lock()
		if m.empty() && cap(changes) > 1 {
			panic("no sections")
		}
		m.mu.Unlock()
	}
}

// Register starts a goroutine before it looks whether there is a map.
func (m *Manager) Register(changes <-chan int) {
	m.wg.Add(1)
	go m.watch(changes)
	if m.sections == nil { // may "GM10[24]"
		m.sections = make(map[string]int) // may "GM10[24]"
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
