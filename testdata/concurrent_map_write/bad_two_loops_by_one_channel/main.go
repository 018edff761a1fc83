// fails: race

package main

type trace struct{ seen map[int]int }

type machine struct {
	trace trace
	done  chan struct{}
}

func (m *machine) act(orders <-chan int) {
	for order := range orders {
		m.trace.seen[order]++ // want "GM101.*trace.seen"
	}
	close(m.done)
}

// decide goes on once somebody has taken an order.
func (m *machine) decide(orders chan<- int) {
	for n := range 5000 {
		orders <- n
		m.trace.seen[-n]++ // may "GM101"
	}
	close(orders)
}

func Start() *machine {
	m := &machine{trace: trace{map[int]int{}}, done: make(chan struct{})}
	orders := make(chan int)
	go m.act(orders)
	go m.decide(orders)
	return m
}

func main() { <-Start().done }
