// fails: race

package main

import (
	"runtime"
	"strconv"
	"time"
)

type Boot struct {
	ready bool
	conf  map[string]string
}

func (b *Boot) start() {
	c := map[string]string{}
	for i := 0; i < 2000; i++ {
		c[strconv.Itoa(i)] = "x"
	}
	b.conf = c // may "GM10[129].*conf"
	b.ready = true
}

func main() {
	for r := 0; r < 200; r++ {
		b := &Boot{}
		go b.start()
		for i := 0; i < 100; i++ {
			if b.ready { // a plain bool is not a synchronization point
				_ = b.conf["1"] // want "GM102.*conf"
			}
			runtime.Gosched()
			time.Sleep(time.Microsecond)
		}
	}
}
