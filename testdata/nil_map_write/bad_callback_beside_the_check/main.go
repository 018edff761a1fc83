// fails: panic assignment to entry in nil map
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
		each(func(id int) { delete(s.seen, id) })
	}
	each(func(id int) { s.seen[id]++ }) // want "GM401.*seen"
}

func main() {
	(&Stats{}).Capture()
}
