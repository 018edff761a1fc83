// Package pull shows what happens while something is pulled.
package pull

import "sync"

// Progress is that of one pull.
type Progress struct {
	mu    sync.Mutex
	wants map[string]bool
	since map[string]int
}

func New() *Progress { return &Progress{wants: map[string]bool{}} }

// Add may be called while the progress is shown.
func (p *Progress) Add(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wants[name] = true
}

func (p *Progress) names() (names []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for name := range p.wants {
		names = append(names, name)
	}
	return names
}

// Show starts a goroutine that watches the pull, and gives what ends it.
func (p *Progress) Show() func() {
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			default:
				p.track(n)
			}
		}
	}()
	return func() {
		close(stop)
		<-stopped
	}
}

func (p *Progress) track(n int) {
	if p.since == nil { // may "GM102.*Progress.since"
		p.since = map[string]int{}
	}
	for _, name := range p.names() {
		if _, known := p.since[name]; !known { // may "GM102.*Progress.since"
			p.since[name] = n // want "GM101.*Progress.since"
		}
	}
}

// Forget may be called while the progress is shown.
func (p *Progress) Forget(name string) {
	delete(p.since, name)
}
