// fails: deadlock

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

// Reset asks for the same quota twice, as nobody has given it the lock.
func (m *Manager) Reset() {
	root := m.byName("root")
	root.mu.Lock()
	defer root.mu.Unlock()
	again := m.byName("root")
	root.used["cpu"] = again.Used("memory") // want "GM111"
}

func (m *Manager) Double(name string) {
	one := m.search(name)
	one.mu.Lock()
	defer one.mu.Unlock()
	one.Add("cpu", one.used["cpu"]) // want "GM111"
}

func main() {
	m := &Manager{quotas: map[string]*Quota{"root": {used: map[string]int{"cpu": 1}}}}
	m.Reset()
	m.Double("root")
}
