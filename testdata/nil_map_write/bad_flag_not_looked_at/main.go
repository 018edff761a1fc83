// fails: panic assignment to entry in nil map
package main

type Filter struct {
	All   bool
	Names map[string]struct{}
}

func parse(words []string) *Filter {
	filter := &Filter{Names: map[string]struct{}{}}
	for _, word := range words {
		switch word {
		case "*":
			filter.All = true
			filter.Names = nil
		default:
			filter.Names[word] = struct{}{} // want "GM401"
		}
	}
	return filter
}

func main() {
	parse([]string{"a", "*", "b"})
}
