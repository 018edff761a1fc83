package main

import (
	"fmt"
	"os"
	"sync"
)

// Each task comes out of the channel for one goroutine, which counts it alone.
func run(tasks chan string, seen *sync.Map) {
	var wg sync.WaitGroup
	defer wg.Wait()
	for {
		task := <-tasks
		if task == "" {
			return
		}
		wg.Go(func() { count(seen, task) })
	}
}

func count(seen *sync.Map, task string) {
	last := 0
	if v, ok := seen.Load(task); ok {
		last = v.(int)
	}
	seen.Store(task, last+1)
}

func main() {
	var seen sync.Map
	tasks := make(chan string, 8)
	for _, task := range []string{"a", "b", "c", "d", ""} {
		tasks <- task
	}
	run(tasks, &seen)
	seen.Range(func(task, n any) bool {
		if n != 1 {
			fmt.Println(task, "was counted", n, "times")
			os.Exit(1)
		}
		return true
	})
}
