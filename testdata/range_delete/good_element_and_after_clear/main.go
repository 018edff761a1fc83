package main

type Table struct {
	rows  map[string]map[string]int
	spare map[string]map[string]int
}

// The map inside the element is another one than the map that is ranged over.
func (t *Table) Drop(column string) {
	for _, row := range t.rows {
		delete(row, column)
	}
	for name := range t.rows {
		delete(t.rows[name], column)
	}
}

// The loop ends with the clear.
func (t *Table) FirstOnly(name string) bool {
	for n := range t.rows {
		if n == name {
			clear(t.rows)
			return true
		}
	}
	return false
}

func main() {
	t := &Table{rows: map[string]map[string]int{"a": {"x": 1, "y": 2}, "b": {"x": 3}}}
	t.Drop("x")
	if len(t.rows["a"]) != 1 || len(t.rows["b"]) != 0 {
		panic(t.rows)
	}
	if !t.FirstOnly("a") || len(t.rows) != 0 {
		panic(t.rows)
	}
}
