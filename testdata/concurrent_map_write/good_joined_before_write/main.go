package main

import "sync"

// Each stage ends before the next one starts.
func build(n int) map[int]string {
	m := map[int]string{}
	m[-1] = "before"
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := 0; i < n; i++ {
			m[i] = "one goroutine"
		}
	}()
	<-done
	m[-2] = "between"
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		m[n] = "another"
	}()
	wg.Wait()
	delete(m, -1)
	return m
}

func main() {
	if m := build(1000); len(m) != 1002 {
		panic(len(m))
	}
}
