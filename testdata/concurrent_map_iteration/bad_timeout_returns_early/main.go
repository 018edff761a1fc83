// fails: race

package main

import (
	"strconv"
	"time"
)

type Report struct{ vals map[string]int }

func fill(r *Report, done chan<- struct{}) {
	for i := 0; i < 100000; i++ {
		r.vals[strconv.Itoa(i%100)] = i // may "GM10[13].*vals"
	}
	close(done)
}

func query(timeout time.Duration) *Report {
	r := &Report{vals: map[string]int{}}
	done := make(chan struct{})
	go fill(r, done)
	select {
	case <-done:
	case <-time.After(timeout): // returns while fill still runs
	}
	return r
}

func main() {
	for i := 0; i < 20; i++ {
		r := query(100 * time.Microsecond)
		for k := range r.vals { // want "GM103.*vals"
			_ = k
		}
	}
}
