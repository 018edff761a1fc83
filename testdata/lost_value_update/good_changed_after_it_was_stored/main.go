package main

import "fmt"

type job struct {
	state string
	tries int
}

// Stored again, returned, changed for the next one, or changed on another path.
func start(jobs map[int]job, id int) job {
	j := job{state: "new"}
	jobs[id] = j
	j.state = "running"
	jobs[id] = j

	twin := job{state: "twin"}
	jobs[id+1] = twin
	twin.tries++

	var next job
	for i := range 3 {
		next.tries = i
		jobs[10+i] = next
		next.state += "+"
	}

	var odd job
	if id%2 == 0 {
		jobs[20] = odd
	} else {
		odd.tries = 1
		jobs[21] = odd
	}
	return twin
}

func main() {
	jobs := map[int]job{}
	fmt.Println(start(jobs, 1), jobs[1].state, jobs[12].state)
}
