package main

import "sync"

type Proc struct{ done chan struct{} }

type Manager struct {
	mu    sync.Mutex
	procs map[string]*Proc
}

func startProc() *Proc {
	p := &Proc{done: make(chan struct{})}
	close(p.done)
	return p
}

// restart replaces what it found: whoever has an entry is the only one to do so.
func (m *Manager) restart(name string) {
	m.mu.Lock()
	p := m.procs[name]
	m.mu.Unlock()
	if p == nil {
		return
	}
	<-p.done
	next := startProc()
	m.mu.Lock()
	m.procs[name] = next
	m.mu.Unlock()
}

func main() {
	m := &Manager{procs: map[string]*Proc{"a": startProc(), "b": startProc()}}
	var wg sync.WaitGroup
	for _, name := range []string{"a", "b"} {
		wg.Go(func() { m.restart(name) })
	}
	wg.Wait()
}
