package main

import "fmt"

type scope interface{ Replace(name string) }

// fakeScope is there for tests, and these make its map: nothing here makes a fakeScope.
type fakeScope struct{ records map[string]int }

func (f *fakeScope) Replace(name string) { f.records[name]++ }

type realScope struct{ records map[string]int }

func (r *realScope) Replace(name string) { r.records[name]++ }

func main() {
	var s scope = &realScope{map[string]int{}}
	s.Replace("a")
	fmt.Println("done")
}
