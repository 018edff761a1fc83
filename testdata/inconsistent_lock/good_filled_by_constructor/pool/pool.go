package pool

import "sync"

type Pool struct {
	mu  sync.RWMutex
	all map[int]bool
}

func New(txs ...int) *Pool {
	p := &Pool{all: map[int]bool{}}
	p.reset(txs)
	return p
}

func (p *Pool) Reset(txs []int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.reset(txs)
}

func (p *Pool) reset(txs []int) {
	for tx := range p.all {
		delete(p.all, tx)
	}
	for _, tx := range txs {
		p.add(tx)
	}
}

func (p *Pool) Add(tx int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.add(tx)
}

func (p *Pool) add(tx int) {
	if !p.all[tx] {
		p.all[tx] = true
	}
}

func (p *Pool) Size() int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return len(p.all)
}
