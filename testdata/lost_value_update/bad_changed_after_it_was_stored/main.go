// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

type job struct {
	state string
	tries int
}

func start(jobs map[int]job, id int) {
	j := job{state: "new"}
	jobs[id] = j
	j.state = "running" // want "GM406.*jobs"
	j.tries++
}

func main() {
	jobs := map[int]job{}
	start(jobs, 1)
	if jobs[1].state != "running" {
		fmt.Println("still", jobs[1].state)
		os.Exit(1)
	}
}
