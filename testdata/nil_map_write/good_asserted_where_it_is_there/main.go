package main

import "fmt"

type state map[string]any

// Only this function keeps something under "ops".
func (s state) mark(id int) {
	var ops map[int]string
	if v := s["ops"]; v != nil {
		ops, _ = v.(map[int]string)
	} else {
		ops = map[int]string{}
	}
	ops[id] = "running"
	s["ops"] = ops
}

func main() {
	s := state{}
	s.mark(1)
	s.mark(2)
	fmt.Println(len(s["ops"].(map[int]string)))
}
