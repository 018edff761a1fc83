// Each of the two loops waits for the other one before it goes on.
package main

type trace struct{ seen map[int]int }

type machine struct {
	trace trace
	done  chan struct{}
}

func (m *machine) act(orders <-chan int, events chan<- int) {
	for order := range orders {
		m.trace.seen[order]++
		if order > 1000 {
			close(events)
			break
		}
		events <- order + 1
	}
	close(m.done)
}

func (m *machine) decide(events <-chan int, orders chan<- int) {
	orders <- 0
	for {
		event, ok := <-events
		if !ok {
			return
		}
		m.trace.seen[-event]++
		orders <- event
	}
}

func Start() *machine {
	m := &machine{trace: trace{map[int]int{}}, done: make(chan struct{})}
	events, orders := make(chan int), make(chan int)
	go m.act(orders, events)
	go m.decide(events, orders)
	return m
}

func main() { <-Start().done }
