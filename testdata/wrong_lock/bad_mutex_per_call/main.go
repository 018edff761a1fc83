// fails: race

package main

import (
	"sync"
)

var sessions = map[int]string{}

func login(id int) {
	var mu sync.Mutex // a new mutex for every call
	mu.Lock()
	defer mu.Unlock()
	sessions[id%100] = "user" // want "GM108.*sessions"
}

func main() {
	var wg sync.WaitGroup
	for g := 0; g < 8; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				login(i)
			}
		})
	}
	wg.Wait()
}
