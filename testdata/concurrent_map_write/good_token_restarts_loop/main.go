// ok
// Whoever starts the loop has got the one token that the loop before gave back at its end.
package main

import (
	"fmt"
	"sync"
)

type loop struct {
	once    sync.Once
	seen    map[string]int
	in      chan string
	stopped chan struct{}
}

func (l *loop) init() {
	l.once.Do(func() {
		l.seen = map[string]int{}
		l.in = make(chan string)
		l.stopped = make(chan struct{}, 1)
		l.stopped <- struct{}{}
	})
}

// run ends after each hundred names, and is started again by whoever comes next.
func (l *loop) run() {
	defer func() { l.stopped <- struct{}{} }()
	for range 100 {
		name := <-l.in
		l.seen[name]++
	}
}

func (l *loop) Tell(name string) {
	l.init()
	for {
		select {
		case l.in <- name:
			return
		case <-l.stopped:
			go l.run()
		}
	}
}

func main() {
	l := &loop{}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 2000 {
				l.Tell(fmt.Sprint(i % 7))
			}
		}()
	}
	wg.Wait()
}
