// Records go from stage to stage through channels: each belongs to the stage that has received it.
package main

import "fmt"

type record struct {
	labels map[string]string
}

func tag(in <-chan *record) <-chan *record {
	out := make(chan *record)
	go func() {
		defer close(out)
		for r := range in {
			r.mark("tagged")
			out <- r
		}
	}()
	return out
}

func count(in <-chan *record) <-chan *record {
	out := make(chan *record)
	go func() {
		defer close(out)
		for r := range in {
			r.mark(fmt.Sprint(r.size()))
			out <- r
		}
	}()
	return out
}

func (r *record) mark(label string) { r.labels[label] = "yes" }

func (r *record) size() int { return len(r.labels) }

func main() {
	in := make(chan *record)
	out := count(tag(in))
	go func() {
		defer close(in)
		for range 10 {
			in <- &record{labels: map[string]string{}}
		}
	}()
	total := 0
	for r := range out {
		total += r.size()
	}
	fmt.Println(total)
}
