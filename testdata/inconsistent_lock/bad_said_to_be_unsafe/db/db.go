package db

import "sync"

type DB struct {
	mu    sync.RWMutex
	dirty map[int]bool
	size  int
}

func New() *DB { return &DB{dirty: map[int]bool{}} }

func (d *DB) Put(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.dirty[n] = true
}

// Commit writes what is dirty.
//
// Note, this method is a mutator. It may be called concurrently with others.
func (d *DB) Commit() {
	for range d.dirty { // want "GM104.*DB.dirty"
		d.size++
	}
}

func (d *DB) Has(n int) bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.dirty[n]
}
