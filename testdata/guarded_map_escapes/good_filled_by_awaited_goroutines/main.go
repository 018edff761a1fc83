package main

import (
	"fmt"
	"sync"
)

type results struct {
	mu   sync.Mutex
	errs map[int]error
}

func (r *results) set(n int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errs[n] = err
}

// Fields gives what went wrong.
func (r *results) Fields() map[string]any {
	return map[string]any{"errs": r.errs}
}

type delivery struct{ hosts []int }

func (d *delivery) all(r *results) {
	var hosts sync.WaitGroup
	for _, host := range d.hosts {
		hosts.Go(func() { r.set(host, fmt.Errorf("host %d", host)) })
	}
	hosts.Wait()
}

func main() {
	d := &delivery{hosts: []int{1, 2, 3, 4}}
	r := &results{errs: map[int]error{}}
	d.all(r)
	for host, err := range r.Fields()["errs"].(map[int]error) {
		if err == nil {
			fmt.Println(host)
		}
	}
}
