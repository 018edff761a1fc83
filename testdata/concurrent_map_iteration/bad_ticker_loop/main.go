// fails: race

package main

import "time"

type Registry struct {
	services map[int]time.Time
	stop     chan struct{}
}

func (r *Registry) monitor() {
	tick := time.NewTicker(20 * time.Microsecond)
	defer tick.Stop()
	for {
		select {
		case <-r.stop:
			return
		case <-tick.C:
			for id, seen := range r.services { // want "GM103.*services"
				if time.Since(seen) > time.Hour {
					println("gone:", id)
				}
			}
		}
	}
}

func main() {
	r := &Registry{services: map[int]time.Time{}, stop: make(chan struct{})}
	go r.monitor()
	for i := 0; i < 200000; i++ {
		r.services[i%300] = time.Now() // may "GM103.*services"
	}
	close(r.stop)
}
