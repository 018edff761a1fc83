package jobs

type Job struct{ Tasks map[int]int }

func (j *Job) Clone() *Job {
	made := &Job{Tasks: map[int]int{}}
	for id, n := range j.Tasks {
		made.Tasks[id] = n
	}
	return made
}

func (j *Job) Put(k int) { j.Tasks[k]++ }
