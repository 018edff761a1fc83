package main

import (
	"time"

	"example.com/testdata/inconsistent_lock/good_ticks_on_one_goroutine/probe"
)

func main() {
	p := probe.New()
	go p.Start(100 * time.Microsecond)
	for range 2000 {
		p.Result("a")
		time.Sleep(time.Microsecond)
	}
}
