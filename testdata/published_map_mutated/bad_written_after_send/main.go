// fails: race

package main

import (
	"strconv"
)

type Producer struct{ out chan map[string]int }

func (p *Producer) run(n int) {
	batch := make(map[string]int)
	for i := 0; i < n; i++ {
		batch[strconv.Itoa(i%97)] = i // want "GM10[19].*batch"
		if i%50 == 49 {
			p.out <- batch // sends a reference
		}
	}
	close(p.out)
}

func main() {
	p := &Producer{out: make(chan map[string]int, 4)}
	go p.run(50000)
	sum := 0
	for b := range p.out {
		for _, v := range b { // want-related "GM10[139]"
			sum += v
		}
	}
}
