// fails: deadlock

package main

import "sync"

type Reg struct {
	mu    sync.Mutex
	names map[string]int
}

func (r *Reg) Len() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.names)
}

func (r *Reg) Add(name string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names[name]++
	return r.Len() // want "GM111"
}

func main() {
	r := &Reg{names: map[string]int{}}
	r.Add("a")
}
