package main

import "strconv"

type request struct {
	batch map[string]int
	done  chan struct{}
}

func sum(in <-chan request) (total int) {
	for r := range in {
		for _, v := range r.batch {
			total += v
		}
		r.done <- struct{}{} // the batch is the sender's again
	}
	return total
}

func main() {
	in, result := make(chan request), make(chan int)
	go func() { result <- sum(in) }()
	done := make(chan struct{})
	batch := map[string]int{}
	for i := range 1000 {
		batch[strconv.Itoa(i%10)] = i
		in <- request{batch, done}
		<-done
		clear(batch)
	}
	close(in)
	<-result
}
