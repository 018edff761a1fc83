// ok
// The goroutines get the address of the lock which the function takes itself.
package main

import "sync"

type answer struct{ keys map[int]string }

func ask(server int, mu *sync.Mutex, a *answer, done chan<- int) {
	for i := range 100 {
		mu.Lock()
		a.keys[server*1000+i] = ""
		mu.Unlock()
	}
	done <- server
}

func Query() *answer {
	var mu sync.Mutex
	a := &answer{keys: map[int]string{}}
	done := make(chan int)
	for server := range 4 {
		go ask(server, &mu, a, done)
	}
	note := func(server int) {
		mu.Lock()
		defer mu.Unlock()
		a.keys[-server] = "done"
	}
	for range 4 {
		note(<-done)
	}
	return a
}

func main() { Query() }
