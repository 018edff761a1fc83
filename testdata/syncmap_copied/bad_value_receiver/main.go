// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"sync"
)

type Store struct {
	m sync.Map
}

// Value receiver copies the sync.Map: Put writes into a copy.
func (s Store) Put(k string, v int) { // want "GM301"
	s.m.Store(k, v) // may "GM301"
}

func (s *Store) Get(k string) (any, bool) { return s.m.Load(k) }

func main() {
	s := &Store{}
	s.Put("a", 1)
	if _, ok := s.Get("a"); !ok {
		fmt.Println("stored value is lost")
		os.Exit(1)
	}
}
