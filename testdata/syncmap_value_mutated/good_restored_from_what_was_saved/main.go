package main

import (
	"fmt"
	"sync"
)

type service struct {
	mu    sync.Mutex
	hosts map[string]int
}

type manager struct{ services sync.Map }

// LoadData puts back what was saved, before anybody asks.
func (m *manager) LoadData(saved []string) {
	for _, host := range saved {
		v, _ := m.services.LoadOrStore("api", &service{hosts: map[string]int{}})
		s := v.(*service)
		s.hosts[host]++
	}
}

func (m *manager) add(host string) {
	v, _ := m.services.LoadOrStore("api", &service{hosts: map[string]int{}})
	s := v.(*service)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hosts[host]++
}

func main() {
	var m manager
	m.LoadData([]string{"a", "b"})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() { m.add("c") })
	}
	wg.Wait()
	v, _ := m.services.Load("api")
	fmt.Println(len(v.(*service).hosts))
}
