// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
)

type info struct{ uses int64 }

type infos struct{ known sync.Map }

func (s *infos) load(kind string) *info {
	if known, ok := s.known.Load(kind); ok {
		return known.(*info)
	}
	runtime.Gosched()
	none := &info{}
	s.known.Store(kind, none) // want "GM302.*known"
	return none
}

func (s *infos) use(kind string) { atomic.AddInt64(&s.load(kind).uses, 1) }

func main() {
	lost := 0
	for range 5000 {
		var s infos
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() { s.use("plain") })
		}
		wg.Wait()
		if s.load("plain").uses != 4 {
			lost++
		}
	}
	if lost > 0 {
		fmt.Println("uses lost:", lost)
		os.Exit(1)
	}
}
