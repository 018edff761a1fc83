// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

type cart struct{ items []string }

type shop struct{ carts map[string]cart }

func (s *shop) add(who, what string) {
	c, ok := s.carts[who]
	if !ok {
		c = cart{}
		s.carts[who] = c
	}
	c.items = append(c.items, what) // want "GM406.*carts"
}

func main() {
	s := &shop{carts: map[string]cart{}}
	s.add("ann", "apple")
	if len(s.carts["ann"].items) != 1 {
		fmt.Println("the cart is empty")
		os.Exit(1)
	}
}
