// fails: race
// The second call is none of the once.
package main

import (
	"sync"
)

type Locale struct {
	once  sync.Once
	names map[string]string
}

func (l *Locale) load() {
	l.names = map[string]string{}
	l.names["de"] = "Deutsch" // want "GM101"
}

func (l *Locale) Name(code string) string {
	l.once.Do(l.load)
	l.load()
	return l.names[code] // want "GM102"
}

func main() {
	l := &Locale{}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 2000; i++ {
				if l.Name("de") == "" {
					panic("empty")
				}
			}
		})
	}
	wg.Wait()
}
