package main

import (
	"slices"
	"strconv"
	"sync"
)

type Pool struct {
	mu    sync.Mutex
	conns map[string]int
}

func (p *Pool) sweep(id string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for k, n := range p.conns {
		if n < 0 {
			return k == id
		}
	}
	return false
}

func (p *Pool) start(ids []string) {
	go slices.IndexFunc(ids, p.sweep)
}

func (p *Pool) Put(k string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.conns[k]++
}

func (p *Pool) Get(k string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.conns[k]
}

func main() {
	p := &Pool{conns: map[string]int{}}
	p.start(make([]string, 1000))
	n := 0
	for i := 0; i < 50000; i++ {
		p.Put(strconv.Itoa(i % 100))
		n += p.Get("1")
	}
	println(n > 0)
}
