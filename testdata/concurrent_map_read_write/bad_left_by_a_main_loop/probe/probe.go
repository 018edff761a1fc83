// Package probe asks targets, over and over.
package probe

import (
	"context"
	"strconv"
	"sync"
	"time"
)

type Probe struct {
	targets []string
	rounds  int
	results map[string]int
}

func New(targets []string) *Probe {
	return &Probe{targets: targets, results: map[string]int{}}
}

// update takes a new target in with each round.
func (p *Probe) update() {
	p.rounds++
	name := strconv.Itoa(p.rounds)
	p.results[name] = 0 // may "GM10[12].*results"
	p.targets = append(p.targets, name)
}

func (p *Probe) run(ctx context.Context) {
	p.update()
	replies := make(chan string, len(p.targets))
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for range len(replies) + 1 {
			for range 2000 {
				_ = p.results["a"] // want "GM102.*results"
			}
		}
	}()
}

// Start runs until ctx is done.
func (p *Probe) Start(ctx context.Context) {
	ticker := time.NewTicker(time.Millisecond)
	defer ticker.Stop()
	for range ticker.C {
		if ctx.Err() != nil {
			return
		}
		p.run(ctx)
	}
}
