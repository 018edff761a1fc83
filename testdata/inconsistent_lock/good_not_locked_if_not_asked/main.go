package main

import "sync"

type Scheduler struct {
	mu    sync.Mutex
	tasks map[int]int
}

// load takes the lock if it is asked to, and gives back what it has taken.
func (s *Scheduler) load(lock bool) {
	if lock {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	s.tasks[0] = len(s.tasks)
}

func (s *Scheduler) record(n int) {
	s.tasks[n]++
}

func (s *Scheduler) Start(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.load(false)
	s.record(n)
}

func (s *Scheduler) Reload() { s.load(true) }

func (s *Scheduler) Put(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tasks[n]++
}

func (s *Scheduler) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.tasks)
}

func main() {
	s := &Scheduler{tasks: map[int]int{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := range 1000 {
				s.Start(n % 10)
				s.Put(n % 10)
				s.Len()
				s.Reload()
			}
		}()
	}
	wg.Wait()
}
