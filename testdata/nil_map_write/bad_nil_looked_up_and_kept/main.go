// fails: panic assignment to entry in nil map
package main

type Arbiter struct {
	active   map[string]int
	unmerged map[string]int
}

// Looking an entry up does not make the map.
func newArbiter(active map[string]int) *Arbiter {
	unmerged := make(map[string]int)
	if _, ok := active["pending"]; ok {
		unmerged["pending"] = active["pending"]
	}
	return &Arbiter{active: active, unmerged: unmerged}
}

func (a *Arbiter) update() {
	a.active["local"] = a.unmerged["local"]
}

func main() {
	a := newArbiter(nil)
	a.update() // want "GM401 .*active"
}
