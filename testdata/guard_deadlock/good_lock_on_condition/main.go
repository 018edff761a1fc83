package main

import "sync"

type Index struct {
	mu     sync.Mutex
	shared bool
	terms  map[string]int
}

func (x *Index) Add(term string, locked bool) int {
	if !locked {
		x.mu.Lock()
	}
	x.terms[term]++
	n := x.terms[term]
	if !locked {
		x.mu.Unlock()
	}
	return n
}

func (x *Index) AddAll(terms []string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, term := range terms {
		x.Add(term, true) // says that the lock is held
	}
}

// TryAdd gives up rather than wait.
func (x *Index) TryAdd(term string) bool {
	if !x.mu.TryLock() {
		return false
	}
	defer x.mu.Unlock()
	x.terms[term]++
	return true
}

func main() {
	x := &Index{terms: map[string]int{}}
	x.AddAll([]string{"a", "b"})
	x.Add("a", false)
	x.TryAdd("c")
	if len(x.terms) != 3 {
		panic("wrong")
	}
}
