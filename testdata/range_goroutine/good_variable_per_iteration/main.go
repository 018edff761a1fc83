package main

import (
	"strconv"
	"sync"
)

type Job struct{ id int }

// Since Go 1.22 each iteration has its own variable.
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
			seen[j.id] = true
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
		panic(n)
	}
}
