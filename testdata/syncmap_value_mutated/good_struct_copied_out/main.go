package main

import "sync"

type point struct {
	x, y int
	tags [2]string
}

var points sync.Map

// The struct itself is in the map, so that this one is a copy.
func moved(id int) point {
	v, ok := points.Load(id)
	if !ok {
		return point{}
	}
	p := v.(point)
	p.x++
	p.tags[0] = "moved"
	return p
}

func main() {
	points.Store(1, point{x: 1})
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 1000; i++ {
				if moved(1).x != 2 {
					panic("wrong")
				}
			}
		})
	}
	wg.Wait()
}
