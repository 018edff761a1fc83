// fails: race

package main

type Tracker struct {
	in   chan int
	last map[int]int
}

func NewTracker() *Tracker {
	t := &Tracker{in: make(chan int, 16), last: map[int]int{}}
	go t.loop()
	return t
}

func (t *Tracker) loop() {
	for id := range t.in {
		t.last[id]++ // want-related "GM101.*last"
	}
}

func (t *Tracker) Forget(id int) {
	delete(t.last, id) // want-related "GM101.*last"
}

func main() {
	t := NewTracker()
	for i := 0; i < 20000; i++ {
		t.in <- i % 100
		t.Forget(i % 100)
	}
	close(t.in)
}
