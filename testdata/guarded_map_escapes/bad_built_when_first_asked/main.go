// fails: race

package main

import "sync"

var (
	mu       sync.Mutex
	statuses map[int]string
)

// Statuses gives what is known by now.
func Statuses() map[int]string {
	mu.Lock()
	defer mu.Unlock()
	if statuses != nil {
		return statuses // want "GM106.*statuses"
	}
	statuses = make(map[int]string)
	for n := range 10 {
		statuses[n] = "fine"
	}
	return statuses // may "GM106"
}

func Learn(n int) {
	Statuses()
	mu.Lock()
	defer mu.Unlock()
	statuses[n] = "new"
}

func main() {
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := range 1000 {
				_ = Statuses()[n%10]
				Learn(n)
			}
		}()
	}
	wg.Wait()
}
