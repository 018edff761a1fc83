// fails: race

package main

import (
	"strconv"
	"sync"
)

type Node struct {
	Name    string
	Devices map[string]int
}

type Manager struct {
	mu    sync.RWMutex
	nodes map[string]*Node
}

// The lock is for the nodes and what is in them; the caller of Node reads that without it.
func (m *Manager) Node(name string) (*Node, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if node, ok := m.nodes[name]; ok {
		return node, true // want "GM106.*Node.Devices.*m.mu"
	}
	return nil, false
}

func (m *Manager) Add(name, device string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.nodes[name].Devices[device]++ // may "GM10"
}

func (m *Manager) Remove(name, device string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.nodes[name].Devices, device)
}

func main() {
	m := &Manager{nodes: map[string]*Node{"a": {"a", map[string]int{}}}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 2000; i++ {
				m.Add("a", strconv.Itoa(i))
				m.Remove("a", strconv.Itoa(i-1))
				if node, ok := m.Node("a"); ok {
					_ = node.Devices["1"] // may "GM10"
				}
			}
		})
	}
	wg.Wait()
}
