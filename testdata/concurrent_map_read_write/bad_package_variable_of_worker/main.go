// fails: race

package main

import (
	"sync"
	"time"
)

var limits = map[string]int{"default": 10}

func watch(stop <-chan struct{}) {
	for n := 0; ; n++ {
		select {
		case <-stop:
			return
		default:
			limits["default"] = n // may "GM102.*limits"
		}
	}
}

func allow(user string) bool {
	n, ok := limits[user] // want "GM102.*limits"
	return !ok || n > 0
}

func main() {
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		watch(stop)
	}()
	for end := time.Now().Add(20 * time.Millisecond); time.Now().Before(end); {
		allow("default")
	}
	close(stop)
	wg.Wait()
}
