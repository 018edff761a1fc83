package main

import (
	"errors"
	"sync"
)

type DB struct {
	mu     sync.Mutex
	closed bool
	rows   map[string]int
}

type Tx struct{ db *DB }

// Update begins a transaction, which holds the lock until it is done.
func (db *DB) Update() (*Tx, error) {
	db.mu.Lock()
	if db.closed {
		db.mu.Unlock()
		return nil, errors.New("closed")
	}
	return &Tx{db}, nil
}

func (tx *Tx) Set(key string, v int) { tx.db.rows[key] = v }

func (tx *Tx) Done() { tx.db.mu.Unlock() }

// Lock is meant to return with the lock held.
func (db *DB) Lock() { db.mu.Lock() }

func (db *DB) Unlock() { db.mu.Unlock() }

func main() {
	db := &DB{rows: map[string]int{}}
	for i := range 3 {
		tx, err := db.Update()
		if err != nil {
			panic(err)
		}
		tx.Set("a", i)
		tx.Done()
	}
	db.Lock()
	db.rows["b"] = 1
	db.Unlock()
}
