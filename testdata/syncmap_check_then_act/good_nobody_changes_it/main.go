package main

import (
	"fmt"
	"os"
	"sync"
)

// What is known of a kind stays as it is: it does not matter which of two equal ones is in use.
type info struct{ mounts []string }

type infos struct{ known sync.Map }

func (s *infos) load(kind string) *info {
	if known, ok := s.known.Load(kind); ok {
		return known.(*info)
	}
	if kind == "plain" {
		none := &info{}
		s.known.Store(kind, none)
		return none
	}
	return &info{mounts: []string{kind}}
}

func main() {
	var s infos
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if len(s.load("plain").mounts) != 0 || len(s.load("bind").mounts) != 1 {
				fmt.Println("not what it is")
				os.Exit(1)
			}
		})
	}
	wg.Wait()
}
