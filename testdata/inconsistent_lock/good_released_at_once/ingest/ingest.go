package ingest

import "sync"

type Buffers struct {
	mu  sync.Mutex
	all map[string][]byte
}

func New() *Buffers {
	return &Buffers{all: map[string][]byte{}}
}

func (b *Buffers) Get(name string) []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.all[name]
}

func (b *Buffers) Put(name string, data []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.all[name] = data
}
