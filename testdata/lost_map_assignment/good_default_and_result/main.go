package main

import "fmt"

func withDefaults(options map[string]string) map[string]string {
	if options == nil {
		options = make(map[string]string)
	}
	options["mode"] = "fast"
	return options
}

func counted(options map[string]string) map[string]string {
	size := fmt.Sprint(len(options))
	options = make(map[string]string)
	options["size"] = size
	return options
}

func count(words []string, seen map[string]bool) int {
	if seen == nil {
		seen = map[string]bool{}
	}
	for _, word := range words {
		seen[word] = true
	}
	return len(seen)
}

func main() {
	fmt.Println(withDefaults(nil), counted(map[string]string{"a": "b"}), count([]string{"a"}, nil))
}
