package main

import (
	"time"

	"example.com/testdata/write_under_rlock/good_one_goroutine_alone/collector"
)

func main() {
	c := collector.New()
	for n := range 1000 {
		c.Has(n)
	}
	time.Sleep(10 * time.Millisecond)
}
