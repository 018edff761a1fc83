package main

import "fmt"

type node struct{ next *node }

func length(list *node) int {
	seen := map[*node]bool{}
	for ; list != nil && !seen[list]; list = list.next {
		seen[list] = true
	}
	return len(seen)
}

func main() {
	first := &node{}
	first.next = &node{next: first}
	names := map[*node]string{}
	names[first] = "first"
	names[&node{}] = "other"
	made := &node{}
	names[made] = "made"
	fmt.Println(length(first), names[first], names[made], len(names))
}
