package main

import "sync"

type Jobs struct {
	mu   sync.Mutex
	open map[string]bool
}

// Run lets the next one in only when the goroutine that it starts is done.
func (j *Jobs) Run(names []string) {
	for _, name := range names {
		j.mu.Lock()
		j.open[name] = true
		go func() {
			defer j.mu.Unlock()
			work(name)
		}()
	}
}

func work(string) {}

// Later hands over a function that takes the lock, but does not call it.
func (j *Jobs) Later() func() {
	j.mu.Lock()
	defer j.mu.Unlock()
	return func() {
		j.mu.Lock()
		defer j.mu.Unlock()
		clear(j.open)
	}
}

func main() {
	j := &Jobs{open: map[string]bool{}}
	j.Run([]string{"a", "b", "c"})
	j.Later()()
}
