// fails: race

package main

import "sync"

var rooms sync.Map

func join(room string, id int) {
	v, ok := rooms.Load(room)
	if !ok {
		return
	}
	v.(map[int]bool)[id%50] = true // want "GM304.*rooms"
}

func main() {
	rooms.Store("a", map[int]bool{})
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 5000; i++ {
				join("a", i)
			}
		})
	}
	wg.Wait()
}
