package main

type Tracker struct {
	in     chan int
	forget chan int
	done   chan map[int]int
}

func NewTracker() *Tracker {
	t := &Tracker{in: make(chan int, 16), forget: make(chan int, 16), done: make(chan map[int]int)}
	go t.loop()
	return t
}

// The map never leaves the goroutine that owns it, until that is over.
func (t *Tracker) loop() {
	last := map[int]int{}
	for {
		select {
		case id, ok := <-t.in:
			if !ok {
				t.done <- last
				return
			}
			last[id]++
		case id := <-t.forget:
			delete(last, id)
		}
	}
}

func main() {
	t := NewTracker()
	for i := 0; i < 5000; i++ {
		t.in <- i % 100
		t.forget <- i % 100
	}
	close(t.in)
	last := <-t.done
	last[-1] = 0
}
