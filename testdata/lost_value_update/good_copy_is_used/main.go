package main

import "fmt"

type Job struct {
	Name  string
	Tries int
	Tags  map[string]bool
	Next  *Job
	Steps []string
}

func describe(jobs map[string]Job, id string) string {
	job := jobs[id]
	if job.Name == "" {
		job.Name = "unnamed"
	}
	return fmt.Sprint(job)
}

func shared(jobs map[string]Job, id string) {
	job := jobs[id]
	job.Tags["seen"] = true
	job.Next.Tries++
	job.Steps[0] = "done"
}

func retry(jobs map[string]Job, id string) {
	job := jobs[id]
	for job.Tries < 3 {
		job.Tries++
	}
	jobs[id] = job
}

func total(jobs map[string]Job, ids ...string) (sum Job) {
	for _, id := range ids {
		job := jobs[id]
		job.Tries += sum.Tries
		sum = job
	}
	return sum
}

func main() {
	jobs := map[string]Job{"a": {Tags: map[string]bool{}, Next: &Job{}, Steps: []string{""}}}
	shared(jobs, "a")
	retry(jobs, "a")
	fmt.Println(describe(jobs, "a"), total(jobs, "a", "a"))
}
