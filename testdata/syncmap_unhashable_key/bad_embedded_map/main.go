// fails: panic hash of unhashable type

package main

import "sync"

type labels map[string]string

type series struct {
	name string
	labels
}

type Store struct{ values sync.Map }

func (s *Store) Set(k series, v float64) {
	s.values.Store(k, v) // want "GM305.*series"
}

func main() {
	(&Store{}).Set(series{name: "cpu"}, 1)
}
