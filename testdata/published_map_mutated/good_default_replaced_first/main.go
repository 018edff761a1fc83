// The default is replaced before anything is written: nobody else's map is touched.
package main

import "fmt"

var defaultTypes = map[string]bool{"A": true}

type server struct{ types map[string]bool }

func parse(words []string) *server {
	s := &server{types: defaultTypes}
	for i, word := range words {
		if i == 0 {
			s.types = map[string]bool{}
		}
		s.types[word] = true
	}
	return s
}

func main() {
	parse([]string{"B", "C"})
	fmt.Println(len(defaultTypes))
}
