// fails: race

package main

import "sync"

var rooms sync.Map

func open(room int) {
	members := map[string]bool{}
	rooms.Store(room, members)
	members["owner"] = true // want "GM311.*members"
}

func has(room int, name string) bool {
	v, ok := rooms.Load(room)
	if !ok {
		return false
	}
	return v.(map[string]bool)[name]
}

func main() {
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 5000; i++ {
				open(i % 10)
				has(i%10, "owner")
			}
		})
	}
	wg.Wait()
}
