// fails: race

// Begin(false) takes no lock: the write beside it is alone.
package main

import (
	"errors"
	"sync"
)

type DB struct {
	rw     sync.Mutex
	meta   sync.Mutex
	closed bool
	index  map[string]int
}

type Tx struct {
	db       *DB
	writable bool
}

func (db *DB) Begin(writable bool) (*Tx, error) {
	if writable {
		return db.beginRW()
	}
	return db.beginR()
}

func (db *DB) beginR() (*Tx, error) {
	return &Tx{db: db}, nil
}

func (db *DB) beginRW() (*Tx, error) {
	db.rw.Lock()
	if db.closed {
		db.rw.Unlock()
		return nil, errors.New("closed")
	}
	return &Tx{db: db, writable: true}, nil
}

func (tx *Tx) Commit() {
	if tx.writable {
		tx.db.rw.Unlock()
	}
}

func (db *DB) Put(k string) error {
	tx, err := db.Begin(false)
	if err != nil {
		return err
	}
	db.index[k]++ // want "GM101.*index"
	tx.Commit()
	return nil
}

func (db *DB) Drop(k string) {
	db.rw.Lock()
	defer db.rw.Unlock()
	delete(db.index, k) // want-related "GM101.*index"
}

func main() {
	db := &DB{index: map[string]int{}}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() { defer wg.Done(); db.Drop("a") }()
	_ = db.Put("a")
	wg.Wait()
}
