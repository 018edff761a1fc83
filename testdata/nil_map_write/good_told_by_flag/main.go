package main

import "fmt"

type Filter struct {
	All   bool
	Names map[string]struct{}
}

// Once the flag is set, the map is nil and nothing is put into it any more.
func parse(words []string) *Filter {
	filter := &Filter{Names: map[string]struct{}{}}
	for _, word := range words {
		switch word {
		case "*":
			filter.All = true
			filter.Names = nil
		default:
			if filter.All {
				continue
			}
			filter.Names[word] = struct{}{}
		}
	}
	return filter
}

func main() {
	fmt.Println(len(parse([]string{"a", "*", "b"}).Names))
}
