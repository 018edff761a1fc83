// Package job runs functions later, each under a lock.
package job

import "sync"

type Job struct {
	lock sync.Locker
	run  func()
}

// New makes a job that runs f while it holds l.
func New(l sync.Locker, f func()) *Job {
	return &Job{lock: l, run: f}
}

// Schedule has the job done soon.
func (j *Job) Schedule() {
	go func() {
		j.lock.Lock()
		defer j.lock.Unlock()
		j.run()
	}()
}
