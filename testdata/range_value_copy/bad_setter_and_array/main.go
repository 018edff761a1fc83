// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

type Stats struct {
	hits   int
	limits [2]int
}

func (s *Stats) Reset() { s.hits = 0 }

func reset(all map[string]Stats) {
	for _, s := range all {
		s.Reset() // want "GM203.*s.Reset.*all"
	}
}

func limit(all map[string]Stats, low, high int) {
	for name, s := range all {
		if s.hits > high {
			continue
		}
		all[name] = s
		s.limits[0], s.limits[1] = low, high // want "GM203.*limits.*all"
	}
}

func main() {
	all := map[string]Stats{"a": {hits: 3}}
	reset(all)
	limit(all, 1, 9)
	if s := all["a"]; s.hits != 0 || s.limits[1] != 9 {
		fmt.Println("unchanged:", s)
		os.Exit(1)
	}
}
