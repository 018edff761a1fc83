package main

import "fmt"

func fill(usage map[string]int) {
	batch := make([]string, 0, 2)
	flush := func() {
		for i, name := range batch {
			usage[name] = i + 1
		}
	}
	for name := range usage {
		batch = append(batch, name) // nothing but keys that are there
		if len(batch) >= 2 {
			flush()
			batch = batch[:0]
		}
	}
	flush()
}

func main() {
	usage := map[string]int{"a": 0, "b": 0, "c": 0}
	fill(usage)
	fmt.Println(len(usage))
}
