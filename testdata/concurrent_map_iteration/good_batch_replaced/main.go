package main

import "sync"

func send(batch map[int]int, wg *sync.WaitGroup) {
	defer wg.Done()
	sum := 0
	for _, v := range batch {
		sum += v
	}
}

// collect hands each batch to a goroutine and goes on with another one.
func collect(values <-chan int) {
	var wg sync.WaitGroup
	batch := make(map[int]int)
	for v := range values {
		batch[v] = v
		if len(batch) == 10 {
			wg.Add(1)
			go send(batch, &wg)
			batch = make(map[int]int)
		}
	}
	wg.Wait()
}

func main() {
	values := make(chan int)
	go func() {
		for i := range 2000 {
			values <- i
		}
		close(values)
	}()
	collect(values)
}
