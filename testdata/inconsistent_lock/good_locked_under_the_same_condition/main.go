package main

import "sync"

type partition struct {
	mu      sync.Mutex
	members map[string]int
}

func (p *partition) leave(group string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.members, group)
}

func (p *partition) member(group string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.members[group]
}

func (p *partition) subscribe(group string, n int, left *sync.WaitGroup) bool {
	if group != "" {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.members[group] > n {
			return false
		}
	}
	left.Go(func() { p.leave(group) })
	if group != "" {
		p.members[group] = n
	}
	return true
}

func main() {
	p := &partition{members: map[string]int{}}
	var left sync.WaitGroup
	for n := range 200 {
		p.subscribe("", n, &left)
		p.subscribe("readers", n, &left)
		p.member("readers")
	}
	left.Wait()
}
