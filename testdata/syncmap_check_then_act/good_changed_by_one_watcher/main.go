package main

import (
	"fmt"
	"sync"
)

// Locations tells which nodes need what; one watcher adds, others ask.
type Locations struct{ nodes sync.Map }

func (l *Locations) Add(key, node string) {
	var nodes []string
	if v, ok := l.nodes.Load(key); ok {
		nodes = v.([]string)
	}
	l.nodes.Store(key, append(nodes[:len(nodes):len(nodes)], node))
}

func (l *Locations) Of(key string) []string {
	v, ok := l.nodes.Load(key)
	if !ok {
		return nil
	}
	return v.([]string)
}

func main() {
	l := &Locations{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 1000 {
			_ = l.Of("a")
		}
	}()
	for i := range 3 {
		l.Add("a", fmt.Sprint("node", i))
	}
	<-done
	fmt.Println(l.Of("a"))
}
