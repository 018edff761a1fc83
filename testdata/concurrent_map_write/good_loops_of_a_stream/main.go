// Nothing here calls Watch by its name: the goroutine that it starts has a map of its own.
package main

import (
	"fmt"
	"reflect"
)

type watcher struct{}

type stream struct {
	progress map[int]bool
	wake     chan int
	done     chan int
}

func (watcher) Watch(count int) int {
	s := stream{progress: map[int]bool{}, wake: make(chan int, count), done: make(chan int)}
	go s.send()
	return s.receive(count)
}

func (s *stream) receive(count int) int {
	for i := range count {
		s.progress[i] = true
		s.wake <- i
	}
	close(s.wake)
	return <-s.done + len(s.progress)
}

func (s *stream) send() {
	sent := map[int]bool{}
	for i := range s.wake {
		sent[i%10] = true
	}
	s.done <- len(sent)
}

func main() {
	watch := reflect.ValueOf(watcher{}).MethodByName("Watch")
	fmt.Println(watch.Call([]reflect.Value{reflect.ValueOf(5000)})[0].Int())
}
