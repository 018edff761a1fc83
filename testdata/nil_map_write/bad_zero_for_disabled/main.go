// fails: panic assignment to entry in nil map

package main

type keys struct{ known map[string]int }

type config struct{ keys keys }

func newConfig() *config { return &config{keys: keys{known: map[string]int{}}} }

func plain() *config {
	return &config{} // may "GM401"
}

func (k *keys) add(name string) {
	k.known[name] = len(k.known) // want "GM401.*not every object"
}

func main() {
	for _, c := range []*config{newConfig(), plain()} {
		c.keys.add("a")
	}
}
