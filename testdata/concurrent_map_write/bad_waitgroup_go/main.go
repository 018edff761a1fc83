// fails: race

package main

import (
	"strconv"
	"sync"
)

type Scanner struct{ found map[string]int }

func (s *Scanner) scan(dirs []string) {
	var wg sync.WaitGroup
	for _, d := range dirs {
		wg.Go(func() {
			s.found[d] = len(d) // want "GM101.*found"
		})
	}
	wg.Wait()
}

func main() {
	dirs := make([]string, 3000)
	for i := range dirs {
		dirs[i] = strconv.Itoa(i)
	}
	for r := 0; r < 20; r++ {
		s := &Scanner{found: map[string]int{}}
		s.scan(dirs)
	}
}
