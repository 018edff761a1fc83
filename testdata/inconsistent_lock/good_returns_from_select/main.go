// Each goroutine tells that it ends on its only way out, which stands before the code that writes.
package main

import (
	"fmt"
	"strconv"
	"sync"
)

func count(jobs []chan string) int {
	var (
		mu     sync.Mutex
		wg     sync.WaitGroup
		counts = map[string]int{}
	)
	for _, ch := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for {
				select {
				case job, ok := <-ch:
					if !ok {
						return
					}
					mu.Lock()
					counts[job]++
					mu.Unlock()
				}
			}
		}()
	}
	wg.Wait()
	total := 0
	for _, n := range counts {
		total += n
	}
	return total
}

func main() {
	jobs := make([]chan string, 4)
	for i := range jobs {
		jobs[i] = make(chan string)
		go func() {
			defer close(jobs[i])
			for n := range 1000 {
				jobs[i] <- strconv.Itoa(n)
			}
		}()
	}
	fmt.Println(count(jobs))
}
