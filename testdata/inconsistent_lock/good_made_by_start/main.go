package main

import "sync"

type Listener struct {
	pending   map[int]int
	mu        sync.Mutex
	delivered chan int
}

func (l *Listener) Start() {
	l.pending = make(map[int]int)
	go func() {
		for id := range l.delivered {
			l.mu.Lock()
			if _, ok := l.pending[id]; ok {
				delete(l.pending, id)
			}
			l.mu.Unlock()
		}
	}()
}

func (l *Listener) Write(id int) {
	l.mu.Lock()
	l.pending[id] = 1
	l.mu.Unlock()
}

func main() {
	l := &Listener{delivered: make(chan int, 1)}
	l.Start()
	for i := 0; i < 5000; i++ {
		l.Write(i)
		l.delivered <- i
	}
}
