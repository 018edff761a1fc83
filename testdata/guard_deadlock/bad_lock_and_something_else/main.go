// fails: deadlock

package main

import "sync"

type Engine struct {
	mu    sync.RWMutex
	tasks map[string]int
}

func (e *Engine) Add(name string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.tasks[name]++
}

// Disable forgets everything.
func (e *Engine) Disable() {
	e.mu.Lock() // want "GM111"
	clear(e.tasks)
}

func main() {
	e := &Engine{tasks: map[string]int{}}
	e.Add("a")
	e.Disable()
	e.Add("b")
}
