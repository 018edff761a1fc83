// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

type Job struct {
	State string
	Tries int
}

func start(jobs map[string]Job, id string) {
	j := jobs[id]
	j.State = "running"
	jobs[id] = j
	j.Tries++ // want "GM406.*jobs"
}

func main() {
	jobs := map[string]Job{"a": {}}
	start(jobs, "a")
	if jobs["a"].Tries != 1 {
		fmt.Println("the try is not counted:", jobs["a"])
		os.Exit(1)
	}
}
