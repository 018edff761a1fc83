// fails: race
// A stage of a pipeline passes each record on, but files it as well, and goes through its files later on.
package main

import "fmt"

type record struct {
	labels map[string]string
}

// Records that have been tagged.
var files []*record

func tag(in <-chan *record) <-chan *record {
	out := make(chan *record)
	go func() {
		defer close(out)
		for r := range in {
			files = append(files, r)
			out <- r
			for _, one := range files {
				one.mark("filed")
			}
		}
	}()
	return out
}

func drop(in <-chan *record) <-chan *record {
	out := make(chan *record)
	go func() {
		defer close(out)
		for r := range in {
			if r != nil {
				out <- r
			}
		}
	}()
	return out
}

func (r *record) mark(label string) { r.labels[label] = "yes" } // may "GM10[12]"

func (r *record) size() int { return len(r.labels) } // want "GM102"

func main() {
	in := make(chan *record)
	out := drop(tag(in))
	go func() {
		defer close(in)
		for range 1000 {
			in <- &record{labels: map[string]string{}}
		}
	}()
	total := 0
	for r := range out {
		total += r.size()
	}
	fmt.Println(total)
}
