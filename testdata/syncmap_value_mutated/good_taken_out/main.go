package main

import "sync"

type session struct{ closed bool }

var sessions sync.Map

// What LoadAndDelete hands out, it hands out once.
func closeOne(id int) {
	v, ok := sessions.LoadAndDelete(id)
	if !ok {
		return
	}
	v.(*session).closed = true
}

func main() {
	for i := 0; i < 1000; i++ {
		sessions.Store(i, &session{})
	}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 1000; i++ {
				closeOne(i)
			}
		})
	}
	wg.Wait()
}
