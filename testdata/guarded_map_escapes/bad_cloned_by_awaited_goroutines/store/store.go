package store

import (
	"sync"

	"example.com/testdata/guarded_map_escapes/bad_cloned_by_awaited_goroutines/jobs"
)

type Cache struct {
	mu   sync.Mutex
	jobs map[int]*jobs.Job
}

func New() *Cache {
	c := &Cache{jobs: map[int]*jobs.Job{}}
	for id := range 4 {
		c.jobs[id] = &jobs.Job{Tasks: map[int]int{}}
	}
	return c
}

func (c *Cache) Put(id, k int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if job := c.jobs[id]; job != nil {
		job.Put(k)
	}
}

func (c *Cache) Snapshot() int {
	c.mu.Lock()
	var wg sync.WaitGroup
	cloneJob := func(job *jobs.Job) {
		defer wg.Done()
		job.Clone() // want "GM106.*Cache.jobs"
	}
	for _, job := range c.jobs {
		wg.Add(1)
		go cloneJob(job)
	}
	c.mu.Unlock()
	wg.Wait()
	return 1
}
