package main

import (
	"fmt"
	"os"
)

type keys struct{ known map[string]int }

type config struct {
	enabled bool
	keys    keys
}

func newConfig() *config { return &config{enabled: true, keys: keys{known: map[string]int{}}} }

// clone of nothing is a config that nobody enables.
func (c *config) clone() config {
	if c == nil {
		return config{}
	}
	return config{enabled: c.enabled, keys: c.keys}
}

func (k *keys) add(name string) { k.known[name] = len(k.known) }

func main() {
	var none *config
	for _, c := range []config{newConfig().clone(), none.clone()} {
		if c.enabled {
			c.keys.add("a")
		} else if len(c.keys.known) > 0 {
			fmt.Println("known:", c.keys.known)
			os.Exit(1)
		}
	}
}
