package jobs

import (
	"fmt"
	"sync"
)

// Waiter starts jobs and waits for them.
type Waiter interface {
	Start(name string)
	Wait(name string) error
}

type table struct {
	mu   sync.Mutex
	jobs map[string]int
}

type manager struct {
	table *table
}

func New() Waiter {
	return &manager{&table{jobs: map[string]int{}}}
}

func (m *manager) Start(name string) {
	m.table.start(name)
}

func (m *manager) Wait(name string) error {
	return m.table.wait(name)
}

func (t *table) start(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.jobs[name]++
}

func (t *table) wait(name string) error {
	t.mu.Lock()
	_, ok := t.jobs[name]
	if !ok {
		defer t.mu.Unlock()
		return fmt.Errorf("no job %q in %v", name, t.jobs)
	}
	t.mu.Unlock()
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.jobs, name)
	return nil
}
