// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"sync"
)

type Sizes struct{ byName sync.Map }

func (s *Sizes) Set(name string, n int64) { s.byName.Store(name, n) }

func (s *Sizes) Get(name string) int {
	v, _ := s.byName.Load(name)
	n, _ := v.(int) // want "GM308.*byName"
	return n
}

func main() {
	s := &Sizes{}
	s.Set("a", 3)
	if n := s.Get("a"); n != 3 {
		fmt.Println("stored 3, got", n)
		os.Exit(1)
	}
}
