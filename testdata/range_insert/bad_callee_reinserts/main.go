// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

type Job struct{ id, tries int }

type Queue struct{ jobs map[int]Job }

func (q *Queue) remove(id int) { delete(q.jobs, id) }

// A changed job is taken out and put back.
func (q *Queue) update(j Job) {
	q.remove(j.id)
	q.jobs[j.id] = j
}

func (q *Queue) retryAll() (visits int) {
	for _, j := range q.jobs {
		visits++
		j.tries++
		q.update(j) // want "GM202.*put back.*Queue.update"
	}
	return visits
}

func main() {
	visits := map[int]int{}
	for r := 0; r < 1000; r++ {
		q := &Queue{jobs: map[int]Job{}}
		for i := 0; i < 100; i++ {
			q.update(Job{id: i})
		}
		for i := 0; i < 100; i += 2 {
			q.remove(i)
		}
		visits[q.retryAll()]++
	}
	if len(visits) > 1 {
		fmt.Println("visits of 50 jobs, by how often:", visits)
		os.Exit(1)
	}
}
