package main

import "sync"

// count gets the channel that everybody takes turns by: it has one slot.
func count(seen map[int]int, turn chan struct{}, i int) {
	turn <- struct{}{}
	seen[i%100]++
	<-turn
}

func several(seen map[int]int, turn chan struct{}) {
	for i := 0; i < 5000; i++ {
		count(seen, turn, i)
	}
}

func main() {
	seen := map[int]int{}
	turn := make(chan struct{}, 1)
	var wg sync.WaitGroup
	wg.Go(func() { several(seen, turn) })
	wg.Go(func() { several(seen, turn) })
	wg.Go(func() { several(seen, turn) })
	wg.Wait()
}
