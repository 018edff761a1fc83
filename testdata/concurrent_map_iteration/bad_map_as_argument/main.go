// fails: race

package main

import (
	"strconv"
)

func consume(m map[string]int, out chan<- int) {
	s := 0
	for i := 0; i < 300; i++ {
		for _, v := range m { // want "GM103"
			s += v
		}
	}
	out <- s
}

type Job struct{ params map[string]int }

func main() {
	j := Job{params: map[string]int{}}
	for i := 0; i < 200; i++ {
		j.params[strconv.Itoa(i)] = i
	}
	out := make(chan int, 1)
	go consume(j.params, out) // a map argument is a reference
	for i := 0; i < 100000; i++ {
		j.params[strconv.Itoa(i%400)] = i // may "GM10[13]"
	}
	<-out
}
