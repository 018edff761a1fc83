// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"sync"
)

type Jobs struct {
	mu   sync.Mutex
	jobs map[int]func()
}

// runLocked is called with the lock held, and gives it up while the job runs.
func (j *Jobs) runLocked(job func()) {
	j.mu.Unlock()
	job()
	j.mu.Lock()
}

func (j *Jobs) RunAll() (ran int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, job := range j.jobs {
		ran++
		j.runLocked(job) // want "GM206.*j.mu.*runLocked.*j.jobs"
	}
	return ran
}

func (j *Jobs) Add(id int, job func()) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.jobs[id] = job
}

func main() {
	counts := map[int]int{}
	for r := 0; r < 200; r++ {
		j := &Jobs{jobs: map[int]func(){}}
		next := 100
		more := func() {
			next++
			if next < 150 {
				j.Add(next, func() {})
			}
		}
		for i := 0; i < 20; i++ {
			j.Add(i, more)
		}
		var wg sync.WaitGroup
		wg.Go(func() { counts[j.RunAll()]++ })
		wg.Wait()
	}
	if len(counts) > 1 {
		fmt.Println("jobs run, by how often:", counts)
		os.Exit(1)
	}
}
