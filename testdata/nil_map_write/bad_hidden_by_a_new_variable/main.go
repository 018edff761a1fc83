// fails: panic assignment to entry in nil map

package main

var registry map[string]int

func setup() {
	registry := make(map[string]int) // a new variable, which hides the package's
	registry["a"] = 1
}

func main() {
	setup()
	registry["b"] = 2 // want "GM401.*registry"
}
