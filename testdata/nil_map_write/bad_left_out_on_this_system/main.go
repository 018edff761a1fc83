// fails: panic assignment to entry in nil map

package main

import "fmt"

type Rules struct {
	ports map[int]string
	table string
}

func (r *Rules) Add(port int, name string) {
	r.ports[port] = name // want "GM401.*ports"
}

func main() {
	made := &Rules{ports: map[int]string{}}
	made.Add(80, "web")
	rules := newRules()
	rules.Add(80, "web")
	fmt.Println(rules.table)
}
