package engine

import "sync"

type Partition struct {
	mu     sync.RWMutex
	shards map[int]bool
}

type Engine struct {
	partition *Partition
}

func New() *Engine {
	return &Engine{partition: &Partition{shards: map[int]bool{}}}
}

// Add adds a shard.
func (p *Partition) Add(shard int) {
	p.shards[shard] = true
}

func (e *Engine) Replace(shard int) {
	e.partition.mu.Lock()
	defer e.partition.mu.Unlock()
	delete(e.partition.shards, shard-1)
	e.partition.Add(shard)
}

func (e *Engine) Has(shard int) bool {
	e.partition.mu.RLock()
	defer e.partition.mu.RUnlock()
	return e.partition.shards[shard]
}

func (e *Engine) All() []int {
	e.partition.mu.RLock()
	defer e.partition.mu.RUnlock()
	var all []int
	for shard := range e.partition.shards {
		all = append(all, shard)
	}
	return all
}
