// One variable has the map in its literal, another one is filled by a function that it is given to.
package main

type Config struct {
	Name   string
	Labels map[string]string
}

var config = Config{Labels: map[string]string{}}

var other = &Config{Name: "other"}

func fill(c *Config) {
	*c = Config{Labels: map[string]string{}}
}

func label(key, value string) {
	config.Labels[key] = value
	other.Labels[key] = value
}

func main() {
	fill(other)
	label("a", "b")
}
