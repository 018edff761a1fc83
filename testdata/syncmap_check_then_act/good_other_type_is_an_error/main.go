// A hit is no error, only a value of another type is: whose instrument stays makes no difference.
package main

import (
	"fmt"
	"sync"
)

type Instrument interface{ Name() string }

type counter string

func (c counter) Name() string { return string(c) }

func instrument(name string) (Instrument, error) { return counter(name), nil }

type Registry struct{ counters sync.Map }

func (r *Registry) Counter(name string) (Instrument, error) {
	if known, ok := r.counters.Load(name); ok {
		if c, ok := known.(Instrument); ok {
			return c, nil
		}
		return nil, fmt.Errorf("%s is no counter", name)
	}
	c, err := instrument(name)
	if err != nil {
		return nil, err
	}
	r.counters.Store(name, c)
	return c, nil
}

func (r *Registry) Total(name string) (Instrument, error) {
	var c Instrument
	known, ok := r.counters.Load(name)
	if !ok {
		made, err := instrument(name)
		if err != nil {
			return nil, err
		}
		c = made
		r.counters.Store(name, c)
	} else {
		c, ok = known.(Instrument)
		if !ok {
			return nil, fmt.Errorf("%s is no counter", name)
		}
	}
	return c, nil
}

func main() {
	r := &Registry{}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			r.Counter("a")
			r.Total("b")
		})
	}
	wg.Wait()
}
