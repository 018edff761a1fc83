// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
)

type Seats struct{ rooms sync.Map }

// Move is only called by one goroutine.
func (s *Seats) Move(from, to string, n int) {
	s.rooms.Store(from, 10-n)
	runtime.Gosched()
	s.rooms.Store(to, 10+n)
}

func (s *Seats) Total() int {
	total := 0
	s.rooms.Range(func(_, v any) bool { // want "GM310.*rooms"
		total += v.(int)
		return true
	})
	return total
}

func main() {
	s := &Seats{}
	s.Move("a", "b", 0)
	stop := make(chan struct{})
	go func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				s.Move("a", "b", i%10)
			}
		}
	}()
	wrong := 0
	for range 20000 {
		if s.Total() != 20 {
			wrong++
		}
		runtime.Gosched()
	}
	close(stop)
	if wrong > 0 {
		fmt.Println("wrong totals:", wrong)
		os.Exit(1)
	}
}
