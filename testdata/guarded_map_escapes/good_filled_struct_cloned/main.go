package main

import (
	"maps"
	"strconv"
	"sync"
)

type Report struct {
	Name   string
	Counts map[string]int
}

type Meter struct {
	mu     sync.RWMutex
	counts map[string]int
	last   Report
}

func (m *Meter) Add(k string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.counts[k]++
	m.last.Counts[k]++
}

// The struct got the shared map first, and a copy of it before it leaves.
func (m *Meter) Report() *Report {
	m.mu.RLock()
	defer m.mu.RUnlock()
	out := &Report{Name: "now"}
	out.Counts = m.counts
	out.Counts = maps.Clone(out.Counts)
	return out
}

// The copied struct gets a map of its own, which is filled under the shared lock.
func (m *Meter) Last() Report {
	m.mu.RLock()
	defer m.mu.RUnlock()
	out := m.last
	out.Counts = make(map[string]int, len(m.last.Counts))
	for k, n := range m.last.Counts {
		out.Counts[k] = n
	}
	return out
}

func main() {
	m := &Meter{counts: map[string]int{}, last: Report{Counts: map[string]int{}}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 20000; i++ {
			m.Add(strconv.Itoa(i % 100))
		}
	})
	total := 0
	for i := 0; i < 300; i++ {
		for _, n := range m.Report().Counts {
			total += n
		}
		last := m.Last()
		last.Counts["x"]++
		total += len(last.Counts)
	}
	wg.Wait()
	println(total > 0)
}
