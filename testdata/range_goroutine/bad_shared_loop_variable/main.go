// misbehaves: exit 1

//go:build go1.21

package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
)

type Job struct{ id int }

// In a file of Go 1.21 all iterations share one variable.
func ids(jobs map[string]Job) map[int]bool {
	var wg sync.WaitGroup
	var mu sync.Mutex
	seen := map[int]bool{}
	for _, j := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			seen[j.id] = true // want "GM204.*j"
		}()
	}
	wg.Wait()
	return seen
}

func main() {
	jobs := map[string]Job{}
	for i := 0; i < 20; i++ {
		jobs[strconv.Itoa(i)] = Job{i}
	}
	if n := len(ids(jobs)); n != 20 {
		fmt.Println("only", n, "of 20 ids seen")
		os.Exit(1)
	}
}
