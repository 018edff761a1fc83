// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
)

// One task comes out of the channel, and all goroutines count it.
func run(tasks chan string, seen *sync.Map) {
	var wg sync.WaitGroup
	task := <-tasks
	for range 4 {
		wg.Go(func() {
			for range 1000 {
				last := 0
				if v, ok := seen.Load(task); ok {
					last = v.(int)
				}
				runtime.Gosched()
				seen.Store(task, last+1) // want "GM302.*seen"
			}
		})
	}
	wg.Wait()
}

func main() {
	var seen sync.Map
	tasks := make(chan string, 1)
	tasks <- "a"
	run(tasks, &seen)
	if n, _ := seen.Load("a"); n != 4000 {
		fmt.Println("counted", n)
		os.Exit(1)
	}
}
