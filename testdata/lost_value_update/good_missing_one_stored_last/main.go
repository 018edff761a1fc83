package main

import "fmt"

type cart struct{ items []string }

type shop struct {
	carts  map[string]cart
	shared map[string]*cart
}

func (s *shop) add(who, what string) {
	c, ok := s.carts[who]
	if !ok {
		c = cart{}
		s.carts[who] = c
	}
	c.items = append(c.items, what)
	s.carts[who] = c

	p, ok := s.shared[who]
	if !ok {
		p = &cart{}
		s.shared[who] = p
	}
	p.items = append(p.items, what)

	one := s.carts[who]
	if len(one.items) > 9 {
		one = cart{}
	}
	one.items = append(one.items, what)
	fmt.Println(one)
}

func main() {
	s := &shop{carts: map[string]cart{}, shared: map[string]*cart{}}
	s.add("ann", "apple")
	fmt.Println(len(s.carts["ann"].items), len(s.shared["ann"].items))
}
