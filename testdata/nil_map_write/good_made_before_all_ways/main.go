package main

import (
	"maps"
	"strings"
)

type Package struct {
	needs    map[string]string
	resolved string
}

func resolve(packages map[string]Package, links map[string]string) {
	root := packages[""]
	if root.needs == nil {
		root.needs = make(map[string]string)
	}
	for path, one := range maps.Clone(packages) {
		for link, target := range links {
			if !strings.HasPrefix(path, target) {
				continue
			}
			if one.resolved == "" {
				one.resolved = target
			}
			packages[link] = one
			delete(packages, path)
			if link != "" {
				root.needs[link] = one.resolved
			}
			break
		}
	}
	packages[""] = root
}

func main() {
	packages := map[string]Package{"": {}, "lib/a": {}}
	resolve(packages, map[string]string{"node/a": "lib/a"})
	if packages[""].needs["node/a"] != "lib/a" {
		panic("wrong")
	}
}
