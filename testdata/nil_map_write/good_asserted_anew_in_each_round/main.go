package main

import (
	"errors"
	"fmt"
)

type item struct{ value any }

func (i item) get() any { return i.value }

func mark(items []item) (n int, err error) {
	for _, one := range items {
		fields, ok := one.get().(map[string]any)
		if !ok {
			return n, errors.New("no fields")
		}
		inner, ok := fields["inner"].(map[string]any)
		if ok {
			n += len(inner)
		}
		fields["seen"] = true
	}
	return n, nil
}

func main() {
	fmt.Println(mark([]item{{map[string]any{}}, {"text"}}))
}
