// fails: panic assignment to entry in nil map

package main

func load(name string) map[string]int {
	if name == "" {
		return nil
	}
	return map[string]int{name: 1}
}

func main() {
	known := load("a")
	known["b"] = 2
	unknown := load("")
	unknown["b"] = 2 // want "GM401.*unknown"
}
