// fails: race

package main

import "strconv"

type event struct {
	name string
	data map[string]int
}

func produce(out chan<- event, n int) {
	data := map[string]int{}
	for i := range n {
		data[strconv.Itoa(i%50)] = i // want "GM10[19].*data"
		out <- event{name: "tick", data: data}
	}
	close(out)
}

func main() {
	out := make(chan event, 8)
	go produce(out, 20000)
	sum := 0
	for e := range out {
		for _, v := range e.data { // may "GM10[39]"
			sum += v
		}
	}
}
