// fails: race

package main

import "sync"

type Scheduler struct {
	mu    sync.Mutex
	tasks map[int]int
}

// load gives the lock back if it is asked to.
func (s *Scheduler) load(done bool) {
	s.tasks[0] = len(s.tasks)
	if done {
		s.mu.Unlock()
	}
}

func (s *Scheduler) record(n int) {
	s.tasks[n]++ // want "GM104.*Scheduler.tasks"
}

func (s *Scheduler) Start(n int) {
	s.mu.Lock()
	s.load(true)
	s.record(n)
}

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
			}
		}()
	}
	wg.Wait()
}
