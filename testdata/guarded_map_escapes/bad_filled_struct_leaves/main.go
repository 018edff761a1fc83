// fails: race

package main

import (
	"strconv"
	"sync"
)

type Report struct {
	Name   string
	Counts map[string]int
}

type Meter struct {
	mu     sync.Mutex
	counts map[string]int
}

func (m *Meter) Add(k string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.counts[k]++
}

// The struct is new, but the map that was put into it is the shared one.
func (m *Meter) Report() *Report {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := &Report{Name: "now"}
	out.Counts = m.counts // want "GM106.*Meter.counts.*returned"
	return out
}

func main() {
	m := &Meter{counts: map[string]int{}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 50000; i++ {
			m.Add(strconv.Itoa(i % 100))
		}
	})
	total := 0
	for i := 0; i < 1000; i++ {
		for _, n := range m.Report().Counts { // may "GM10[346]"
			total += n
		}
	}
	wg.Wait()
	println(total > 0)
}
