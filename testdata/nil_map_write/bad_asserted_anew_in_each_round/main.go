// fails: panic assignment to entry in nil map

package main

import "fmt"

type item struct{ value any }

func (i item) get() any { return i.value }

func mark(items []item) (n int) {
	for _, one := range items {
		fields, ok := one.get().(map[string]any)
		if ok {
			n++
		}
		inner, ok := fields["inner"].(map[string]any)
		if ok {
			n += len(inner)
		}
		fields["seen"] = true // want "GM401.*fields"
	}
	return n
}

func main() {
	fmt.Println(mark([]item{{map[string]any{}}, {"text"}}))
}
