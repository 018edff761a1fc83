// note: nobody but this function knows the map

package main

import (
	"strings"
	"sync"
)

func distinct(text string) int {
	var seen sync.Map
	n := 0
	for _, word := range strings.Fields(text) {
		if _, ok := seen.LoadOrStore(word, true); !ok { // want "GM312.*seen"
			n++
		}
	}
	return n
}

func main() {
	if distinct("to be or not to be") != 4 {
		panic("wrong")
	}
}
