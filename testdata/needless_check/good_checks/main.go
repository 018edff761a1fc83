// These checks say something: more is done behind them, or something else is asked.
package main

type table struct {
	rows map[string]int
	gone int
}

func (t *table) drop(name string) {
	if _, ok := t.rows[name]; ok {
		delete(t.rows, name)
		t.gone++
	}
	if n, ok := t.rows[name]; ok && n > 1 {
		delete(t.rows, name)
	}
	if t.gone > 0 {
		delete(t.rows, name)
	}
	if _, ok := t.rows["other"]; ok {
		delete(t.rows, name)
	}
	if t.rows != nil {
		t.rows[name] = 1
	}
}

func main() {
	t := &table{rows: map[string]int{"a": 1}}
	t.drop("a")
	other := map[int]int{1: 1}
	list := []int{1}
	if t.rows != nil {
		for range other {
			t.gone++
		}
	}
	if list != nil {
		for range list {
			t.gone++
		}
	}
	if len(other) > 0 {
		clear(other)
	} else {
		panic("empty")
	}
}
