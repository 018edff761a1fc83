package main

import "fmt"

type property struct {
	ID    string
	table bool
}

// What another map has for the current key names that key itself.
func clean(fields map[string]int, properties map[string]property) {
	for name := range fields {
		property, ok := properties[name]
		if !ok {
			delete(fields, name)
			continue
		}
		if property.table {
			delete(fields, property.ID)
		}
	}
}

func main() {
	fields := map[string]int{"a": 1, "b": 2, "c": 3}
	clean(fields, map[string]property{"a": {"a", true}, "b": {"b", false}})
	fmt.Println(fields)
}
