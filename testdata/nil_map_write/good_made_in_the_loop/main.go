package main

import "fmt"

func group(words []string) map[int][]string {
	var groups map[int][]string
	for _, word := range words {
		if groups == nil {
			groups = make(map[int][]string)
		}
		groups[len(word)] = append(groups[len(word)], word)
	}
	return groups
}

func byKind(kind string) map[string]int {
	var limits map[string]int
	switch kind {
	case "small":
		limits = map[string]int{"size": 1}
	default:
		limits = map[string]int{"size": 10}
	}
	limits["count"] = 5
	return limits
}

func main() {
	fmt.Println(group([]string{"a", "bb"}), byKind("small"), byKind("large"))
}
