// The module is of Go 1.20, which has neither clear nor the package maps.
package main

import "fmt"

func main() {
	m := map[string]int{"a": 1, "b": 2}
	for k, v := range m {
		if v > 1 {
			delete(m, k)
		}
	}
	for k := range m {
		delete(m, k)
	}
	fmt.Println(len(m))
}
