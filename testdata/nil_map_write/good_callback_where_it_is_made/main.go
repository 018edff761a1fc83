// Nothing here makes the map, but the callback only runs where it is not nil.
package main

type Stats struct {
	seen map[int]int
}

func each(f func(id int)) {
	f(1)
	f(2)
}

func (s *Stats) Capture() {
	if s.seen != nil {
		each(func(id int) { s.seen[id]++ })
	}
}

func main() {
	(&Stats{}).Capture()
}
