package options

import "sync"

type Limit struct{ Add, Remove int }

type Schedule struct{ limits map[int]Limit }

type Options struct {
	mu       sync.Mutex
	reading  sync.Mutex
	schedule *Schedule
}

func (o *Options) current() *Schedule {
	o.reading.Lock()
	defer o.reading.Unlock()
	return o.schedule
}

func (o *Options) change(update func(next *Schedule)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	next := o.current()
	update(next)
	o.reading.Lock()
	defer o.reading.Unlock()
	o.schedule = next
}

func (o *Options) Set(store, limit int) {
	o.change(func(next *Schedule) { next.limits[store] = Limit{limit, limit} })
}

func (o *Options) SetAll(limit int) {
	o.change(func(next *Schedule) {
		for store := range next.limits {
			next.limits[store] = Limit{limit, next.limits[store].Remove}
		}
	})
}

func (o *Options) Remove(store int) {
	o.change(func(next *Schedule) { delete(next.limits, store) })
}

func (o *Options) Limit(store int) Limit {
	return o.current().limits[store] // want "GM104.*limits"
}

func New() *Options { return &Options{schedule: &Schedule{map[int]Limit{}}} }
