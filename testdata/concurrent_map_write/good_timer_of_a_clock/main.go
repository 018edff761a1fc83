package main

import (
	"strconv"
	"sync"
	"time"
)

type clock interface {
	AfterFunc(after time.Duration, f func())
}

type system struct {
	running sync.WaitGroup
}

func (s *system) AfterFunc(after time.Duration, f func()) {
	s.running.Add(1)
	time.AfterFunc(after, func() {
		defer s.running.Done()
		f()
	})
}

func debounce(c clock, events <-chan string) {
	services := map[string]int{}
	elapsed := make(chan struct{}, 1)
	c.AfterFunc(time.Millisecond, func() {
		elapsed <- struct{}{}
	})
	for {
		select {
		case <-elapsed:
			clear(services)
		case name, more := <-events:
			if !more {
				return
			}
			services[name]++
		}
	}
}

func main() {
	s, events := &system{}, make(chan string)
	go func() {
		defer close(events)
		for i := range 20000 {
			events <- strconv.Itoa(i)
			if i%1000 == 0 {
				time.Sleep(time.Millisecond)
			}
		}
	}()
	debounce(s, events)
	s.running.Wait()
}
