// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
)

type silencer struct {
	seen  sync.Map
	alarm atomic.Int64
}

func (s *silencer) drop(key int) {
	if _, ok := s.seen.Load(key); ok {
		return
	}
	s.seen.Store(key, struct{}{}) // want "GM302.*seen"
	s.raise()
}

func (s *silencer) raise() { s.alarm.Add(1) }

func main() {
	for range 20 {
		s := &silencer{}
		var wg sync.WaitGroup
		for range 4 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for key := range 5000 {
					s.drop(key)
				}
			}()
		}
		wg.Wait()
		if n := s.alarm.Load(); n != 5000 {
			fmt.Println(n, "alarms for 5000 keys")
			os.Exit(1)
		}
	}
}
