//go:build !windows

package main

func newRules() *Rules {
	r := &Rules{ports: map[int]string{}, table: "nat"}
	r.Add(80, "web")
	return r
}

func (r *Rules) Add(port int, name string) {
	r.ports[port] = name
}
