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

// Disable keeps everybody out from now on.
func (e *Engine) Disable() {
	e.mu.Lock()
}

func main() {
	e := &Engine{tasks: map[string]int{}}
	e.Add("a")
	e.Disable()
}
