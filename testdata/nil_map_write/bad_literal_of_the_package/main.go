// fails: panic assignment to entry in nil map
package main

type Config struct {
	Name   string
	Labels map[string]string
}

var config = &Config{Name: "default"}

func label(key, value string) {
	config.Labels[key] = value // want "GM401.*Labels"
}

func main() {
	label("a", "b")
}
