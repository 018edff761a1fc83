// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

type Counter struct{ n int }

func (c *Counter) Inc() { c.n++ }

func reset(c *Counter) { *c = Counter{n: 1} }

func bump(counters map[string]Counter) {
	a := counters["a"]
	a.Inc() // want "GM406.*counters"
	b := counters["b"]
	reset(&b) // want "GM406.*counters"
}

func main() {
	counters := map[string]Counter{"a": {}, "b": {}}
	bump(counters)
	if counters["a"].n != 1 || counters["b"].n != 1 {
		fmt.Println("lost:", counters)
		os.Exit(1)
	}
}
