package main

type Package struct {
	id       string
	needs    []string
	indirect bool
}

// mark changes packages that are there already.
func mark(from Package, packages map[string]Package) {
	for _, id := range from.needs {
		needed, ok := packages[id]
		if !ok {
			continue
		}
		needed.indirect = true
		packages[needed.id] = needed
		mark(needed, packages)
	}
}

func markAll(packages map[string]Package) {
	for _, one := range packages {
		mark(one, packages)
	}
}

func main() {
	for range 50 {
		packages := map[string]Package{"a": {"a", []string{"b"}, false}, "b": {"b", []string{"c"}, false}, "c": {id: "c"}}
		markAll(packages)
		if len(packages) != 3 || packages["a"].indirect || !packages["c"].indirect {
			panic("wrong")
		}
	}
}
