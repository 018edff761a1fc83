// Records go from stage to stage through channels: each belongs to the stage that has received it.
package main

import (
	"fmt"
	"sync"
)

type record struct {
	labels map[string]string
}

type tagger struct{ name string }

func (t *tagger) run(in <-chan *record, out chan<- *record) {
	go func() {
		defer close(out)
		for r := range in {
			t.tag(r)
			out <- r
		}
	}()
}

func (t *tagger) tag(r *record) {
	r.labels[t.name] = "yes"
}

type counter struct{ seen int }

func (c *counter) run(in <-chan *record, done *sync.WaitGroup) {
	done.Add(1)
	go func() {
		defer done.Done()
		for r := range in {
			c.count(r)
		}
	}()
}

func (c *counter) count(r *record) {
	c.seen += len(r.labels)
}

func main() {
	in, between := make(chan *record), make(chan *record)
	var done sync.WaitGroup
	c := &counter{}
	(&tagger{name: "a"}).run(in, between)
	c.run(between, &done)
	for range 10 {
		in <- &record{labels: map[string]string{}}
	}
	close(in)
	done.Wait()
	fmt.Println(c.seen)
}
