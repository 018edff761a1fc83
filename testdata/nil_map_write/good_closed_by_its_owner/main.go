package main

import "fmt"

type Session struct {
	orders map[string]int
}

func openSession() *Session {
	return &Session{orders: map[string]int{}}
}

// closeSession ends it: nobody has it after that.
func closeSession(s *Session) {
	s.orders = nil
}

func (s *Session) AddOrder(name string, order int) {
	s.orders[name] = order
}

func main() {
	s := openSession()
	s.AddOrder("a", 1)
	fmt.Println(len(s.orders))
	closeSession(s)
}
