// note: the operations do nothing on nil maps and for missing keys, so that the checks say nothing.
package main

type table struct{ rows map[string]int }

func (t *table) drop(name string) {
	if _, ok := t.rows[name]; ok { // want "GM409.*t.rows"
		delete(t.rows, name)
	}
	if t.rows != nil { // want "GM409"
		delete(t.rows, name)
	}
	if len(t.rows) > 0 { // want "GM409"
		clear(t.rows)
	}
}

func main() {
	t := &table{}
	t.drop("a")
	var m map[int]int
	sum := 0
	if m != nil { // want "GM409.*ranging over it does nothing then"
		for _, n := range m {
			sum += n
		}
	}
	if len(t.rows)+len(m)+sum != 0 {
		panic("not empty")
	}
}
