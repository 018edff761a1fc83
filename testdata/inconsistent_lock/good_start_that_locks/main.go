// All three take the lock.
package main

import "sync"

type Manager struct {
	mu     sync.Mutex
	groups map[string]int
	join   chan string
}

// Start is a loop rather than set-up, which its lock tells.
func (m *Manager) Start() {
	for name := range m.join {
		m.mu.Lock()
		m.groups[name]++
		m.mu.Unlock()
	}
}

func (m *Manager) Leave(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.groups, name)
}

func (m *Manager) SendAll() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	sum := 0
	for _, n := range m.groups {
		sum += n
	}
	return sum
}

func main() {
	m := &Manager{groups: map[string]int{}, join: make(chan string)}
	go m.Start()
	go func() {
		for range 1000 {
			m.Leave("b")
		}
	}()
	for range 1000 {
		m.join <- "a"
		m.SendAll()
	}
}
