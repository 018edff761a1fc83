package main

import "fmt"

type stripes struct {
	series []map[int]string
	fixed  [4]map[int]string
}

func newStripes(n int) *stripes {
	s := &stripes{series: make([]map[int]string, n)}
	for i := range s.series {
		s.series[i] = map[int]string{}
	}
	for i := range s.fixed {
		s.fixed[i] = map[int]string{}
	}
	return s
}

func (s *stripes) set(id int, name string) {
	s.series[id%len(s.series)][id] = name
	s.fixed[id%len(s.fixed)][id] = name
}

func main() {
	s := newStripes(8)
	s.set(11, "a")
	fmt.Println(s.series[3][11], s.fixed[3][11])
}
