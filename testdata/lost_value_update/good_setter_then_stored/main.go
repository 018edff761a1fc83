package main

type Counter struct{ n int }

func (c *Counter) Inc() { c.n++ }

func (c *Counter) Next() bool {
	c.n++
	return c.n < 4
}

func reset(c *Counter) { *c = Counter{n: 1} }

func bump(counters map[string]Counter) int {
	a := counters["a"]
	a.Inc()
	counters["a"] = a
	b := counters["b"]
	reset(&b)
	steps := 0
	for b.Next() { // the copy is walked through
		steps++
	}
	return steps
}

func main() {
	counters := map[string]Counter{"a": {}, "b": {}}
	if bump(counters) != 2 || counters["a"].n != 1 {
		panic("lost")
	}
}
