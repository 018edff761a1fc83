package probe

import (
	"sync"
	"time"
)

type Probe struct {
	mu      sync.Mutex
	results map[string]int
	total   int
}

func New() *Probe {
	return &Probe{results: map[string]int{}}
}

// Start runs the probe.
func (p *Probe) Start(interval time.Duration) {
	p.update()
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for range ticker.C {
		for _, result := range p.results {
			p.total += result
		}
		p.update()
	}
}

func (p *Probe) update() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.results["a"]++
}

func (p *Probe) Result(target string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.results[target]
}
