package main

import "fmt"

func levels(words [][]string) (last map[string]int) {
	var next map[string]int
	for _, level := range words {
		last, next = next, nil
		for _, word := range level {
			if next[word] > 0 {
				next[word] = 2
				continue
			}
			if next == nil {
				next = map[string]int{}
			}
			next[word] = 1
		}
	}
	return last
}

func clone(m map[string]int) map[string]int {
	if m == nil {
		return nil
	}
	return map[string]int{"a": m["a"]}
}

func trailer(target *map[string]int) {
	t := target
	if *t == nil {
		*t = make(map[string]int)
	}
	(*t)["a"] = 1
}

func main() {
	copied := clone(map[string]int{"a": 1})
	copied["b"] = 2
	var target map[string]int
	trailer(&target)
	fmt.Println(levels([][]string{{"a", "a"}, {"b"}}), copied, target)
}
