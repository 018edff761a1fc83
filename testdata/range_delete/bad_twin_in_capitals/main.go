// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"strings"
)

type Bag struct{ counts map[string]int }

// fold counts a word and the same one in capitals together.
func (b *Bag) fold() (visits int) {
	for word, n := range b.counts {
		visits++
		upper := strings.ToUpper(word)
		if upper == word {
			continue
		}
		if more, ok := b.counts[upper]; ok {
			b.counts[word] = n + more
			delete(b.counts, upper) // want "GM201.*counts"
		}
	}
	return visits
}

func main() {
	seen := map[int]bool{}
	for range 500 {
		b := &Bag{counts: map[string]int{}}
		for c := 'a'; c < 'k'; c++ {
			b.counts[string(c)] = 1
			b.counts[strings.ToUpper(string(c))] = 1
		}
		seen[b.fold()] = true
	}
	if len(seen) > 1 {
		fmt.Println("numbers of visits:", len(seen))
		os.Exit(1)
	}
}
