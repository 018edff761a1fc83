package main

import "sync"

type Quota struct {
	mu   sync.RWMutex
	used map[string]int
}

func (q *Quota) Used(what string) int {
	q.mu.RLock()
	defer q.mu.RUnlock()
	return q.used[what]
}

func (q *Quota) Add(what string, n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.used[what] += n
}

type Manager struct{ quotas map[string]*Quota }

func (m *Manager) byName(name string) *Quota { return m.quotas[name] }

func (m *Manager) search(name string) *Quota {
	for key, quota := range m.quotas {
		if key == name {
			return quota
		}
	}
	return nil
}

// Reset looks up two quotas by two names: each has a lock of its own.
func (m *Manager) Reset() {
	root := m.byName("root")
	root.mu.Lock()
	defer root.mu.Unlock()
	system := m.byName("system")
	root.used["cpu"] = system.Used("cpu")
}

func (m *Manager) Move(from, to string) {
	one := m.search(from)
	one.mu.Lock()
	defer one.mu.Unlock()
	m.search(to).Add("cpu", one.used["cpu"])
}

func main() {
	m := &Manager{quotas: map[string]*Quota{"root": {used: map[string]int{}}, "system": {used: map[string]int{"cpu": 2}}}}
	m.Reset()
	m.Move("root", "system")
	if m.byName("root").Used("cpu") != 2 || m.byName("system").Used("cpu") != 4 {
		panic("wrong")
	}
}
