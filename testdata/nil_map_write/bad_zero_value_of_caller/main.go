// fails: panic assignment to entry in nil map

package main

type Counter struct {
	hits map[string]int
}

func NewCounter() *Counter {
	return &Counter{hits: map[string]int{}}
}

func (c *Counter) Hit(name string) { c.hits[name]++ }

func main() {
	NewCounter().Hit("a")
	var counter Counter
	counter.Hit("a") // want "GM401.*hits"
}
