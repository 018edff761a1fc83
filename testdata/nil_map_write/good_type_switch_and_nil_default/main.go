package main

import "fmt"

func mark(value any) {
	switch v := value.(type) {
	case map[string]any:
		v["seen"] = true
	case []any:
		for _, inner := range v {
			mark(inner)
		}
	}
}

func merge(into map[string]int, more map[string]int) map[string]int {
	if into == nil {
		into = make(map[string]int, len(more))
	}
	for key, value := range more {
		into[key] += value
	}
	return into
}

func main() {
	value := map[string]any{}
	mark(value)
	fmt.Println(value, merge(nil, map[string]int{"a": 1}))
}
