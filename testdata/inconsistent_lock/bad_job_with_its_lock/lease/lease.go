package lease

import (
	"sync"

	"example.com/testdata/inconsistent_lock/bad_job_with_its_lock/job"
)

type Table struct {
	mu     sync.Mutex
	leases map[int]*job.Job
	ended  sync.WaitGroup
}

func New() *Table {
	return &Table{leases: map[int]*job.Job{}}
}

func (t *Table) Add(id int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ended.Add(1)
	lease := job.New(&t.mu, func() {
		delete(t.leases, id)
		t.ended.Done()
	})
	t.leases[id] = lease
	lease.Schedule()
}

func (t *Table) Has(id int) bool {
	return t.leases[id] != nil // want "GM104.*Table.leases"
}

func (t *Table) Wait() { t.ended.Wait() }
