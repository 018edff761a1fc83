package main

import (
	"maps"
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

func (m *Manager) Node(name string) (*Node, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if node, ok := m.nodes[name]; ok {
		return &Node{node.Name, maps.Clone(node.Devices)}, true
	}
	return nil, false
}

func (m *Manager) Add(name, device string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.nodes[name].Devices[device]++
}

// Sessions have a lock of their own for what is in them.
type Session struct {
	mu    sync.Mutex
	attrs map[string]string
}

func (s *Session) Set(key, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.attrs[key] = value
}

// Rules are replaced, never changed.
type Rule struct{ Labels map[string]string }

type Store struct {
	mu       sync.Mutex
	sessions map[string]*Session
	rules    map[string]*Rule
}

func (s *Store) Session(id string) *Session {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sessions[id]
}

func (s *Store) Rule(name string) *Rule {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rules[name]
}

func (s *Store) SetRule(name string, labels map[string]string) {
	rule := &Rule{Labels: map[string]string{}}
	for key, value := range labels {
		rule.Labels[key] = value
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rules[name] = rule
}

func main() {
	m := &Manager{nodes: map[string]*Node{"a": {"a", map[string]int{}}}}
	s := &Store{sessions: map[string]*Session{"a": {attrs: map[string]string{}}}, rules: map[string]*Rule{"a": {}}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 2000; i++ {
				m.Add("a", strconv.Itoa(i))
				if node, ok := m.Node("a"); ok {
					_ = node.Devices["1"]
				}
				s.Session("a").Set("k", "v")
				s.SetRule("a", map[string]string{"k": strconv.Itoa(i)})
				_ = s.Rule("a").Labels["k"]
			}
		})
	}
	wg.Wait()
}
