// fails: race
// Nothing here calls Watch by its name: whatever its callers hold, the goroutine that it starts holds nothing.
package main

import (
	"reflect"
)

type watcher struct{}

type stream struct {
	progress map[int]bool
	wake     chan int
}

func (watcher) Watch(count int) {
	s := stream{progress: map[int]bool{}, wake: make(chan int, count)}
	go s.send()
	s.receive(count)
}

func (s *stream) receive(count int) {
	for i := range count {
		s.progress[i] = true // want "GM101.*progress"
		s.wake <- i
	}
	close(s.wake)
}

func (s *stream) send() {
	for i := range s.wake {
		s.progress[i%10] = false // want-related "GM101.*progress"
	}
}

func main() {
	watch := reflect.ValueOf(watcher{}).MethodByName("Watch")
	for range 20 {
		watch.Call([]reflect.Value{reflect.ValueOf(5000)})
	}
}
