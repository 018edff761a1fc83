// A loop that filters becomes maps.DeleteFunc, which is imported where it has to be.
package main

import (
	"fmt"
	"os"
	"strings"
	"time"
)

type session struct{ until time.Time }

type server struct {
	sessions map[string]*session
	names    map[int]string
}

func (s *server) expire(now time.Time) {
	for id, one := range s.sessions {
		if now.After(one.until) || strings.HasPrefix(id, "tmp-") {
			delete(s.sessions, id)
		}
	}
	known := map[string]bool{"ann": true}
	for id := range s.names {
		if _, ok := known[s.names[id]]; !ok {
			delete(s.names, id)
		}
	}
	for id, name := range s.names {
		if name == "" {
			delete(s.names, id)
		} else {
			fmt.Fprintln(os.Stderr, name)
		}
	}
}

func odd(m map[int]int) {
	for k, v := range m {
		if k%2 == v%2 {
			delete(m, k)
		}
	}
}

func main() {
	now := time.Unix(1000, 0)
	s := &server{
		sessions: map[string]*session{"a": {now.Add(1)}, "b": {now.Add(-1)}, "tmp-c": {now.Add(1)}},
		names:    map[int]string{1: "ann", 2: "bob"},
	}
	s.expire(now)
	m := map[int]int{1: 1, 2: 1}
	odd(m)
	fmt.Println(len(s.sessions), len(s.names), len(m))
}
