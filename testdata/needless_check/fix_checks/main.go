// The checks go; what a comment says about them, and texts that span lines, stay.
package main

import "fmt"

type table struct{ rows map[string]int }

func (t *table) drop(name string) {
	if _, ok := t.rows[name]; ok {
		delete(t.rows, name)
	}
	// nothing to clear, perhaps
	if len(t.rows) > 0 {
		clear(t.rows)
	}
	if t.rows != nil {
		// rows may be nil
		delete(t.rows, name)
	}
	if t.rows == nil {
		fmt.Println("nil")
	} else if len(t.rows) != 0 {
		clear(t.rows)
	}
}

func main() {
	t := &table{}
	t.drop("a")
	if t.rows != nil {
		for name, n := range t.rows {
			// each of them
			if n > 1 {
				fmt.Println(name, // with a number
					n)
			}
		}
	}
	if t.rows != nil {
		for name := range t.rows {
			fmt.Println(`
	row`, name)
		}
	}
	fmt.Println(len(t.rows))
}
