// fails: race

package main

import (
	"fmt"
	"sync"
)

type Locale struct {
	names map[string]string
}

func (l *Locale) Name(code string) string {
	if l.names == nil { // may "GM102.*names"
		l.names = map[string]string{} // want-related "GM10[12].*names"
		l.names["de"] = "Deutsch"     // may "GM101.*names"
	}
	return l.names[code] // may "GM102.*names"
}

func main() {
	bad := 0
	for r := 0; r < 3000; r++ {
		l := &Locale{}
		var wg sync.WaitGroup
		var mu sync.Mutex
		for g := 0; g < 4; g++ {
			wg.Go(func() {
				if l.Name("de") == "" {
					mu.Lock()
					bad++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
	}
	if bad > 0 {
		fmt.Println("half-initialised map read", bad, "times")
	}
}
