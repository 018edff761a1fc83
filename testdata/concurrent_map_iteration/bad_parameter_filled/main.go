// fails: race
// The map that came in is filled, while others range over it.
package main

import (
	"fmt"
	"strconv"
	"sync"
)

type state struct{ members map[string]bool }

func connect(names []string, members map[string]bool) int {
	if len(members) < len(names) {
		for _, name := range names {
			members[name] = true // may "GM10[13]"
		}
	}
	return len(members)
}

func describe(s *state) string {
	text := ""
	for name := range s.members { // want "GM103"
		text += name
	}
	return text
}

func main() {
	var names []string
	for i := range 5000 {
		names = append(names, strconv.Itoa(i))
	}
	s := &state{members: map[string]bool{"a": true}}
	var wg sync.WaitGroup
	wg.Go(func() { fmt.Println(connect(names, s.members)) })
	wg.Go(func() {
		for range 5000 {
			describe(s)
		}
	})
	wg.Wait()
}
