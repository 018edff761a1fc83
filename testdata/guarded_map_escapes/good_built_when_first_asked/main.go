package main

import "sync"

var (
	mu       sync.Mutex
	statuses map[int]string
)

// Statuses gives what was found out by the first who asked; nobody changes it afterwards.
func Statuses() map[int]string {
	mu.Lock()
	defer mu.Unlock()
	if statuses != nil {
		return statuses
	}
	statuses = make(map[int]string)
	for n := range 10 {
		statuses[n] = "fine"
	}
	return statuses
}

func main() {
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := range 1000 {
				_ = Statuses()[n%10]
			}
		}()
	}
	wg.Wait()
}
