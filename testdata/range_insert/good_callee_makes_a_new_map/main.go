package main

import (
	"fmt"
	"strings"
	"sync"
)

var (
	once   sync.Once
	common map[string]string
)

func fill() {
	common = make(map[string]string)
	for _, name := range []string{"Accept", "Host"} {
		common[name] = name
	}
}

func canonical(name string) string {
	once.Do(fill) // fills a map of its own, which takes the place of the ranged one
	if known, ok := common[name]; ok {
		return known
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

func main() {
	once.Do(fill)
	for name := range common {
		if canonical(name) != name {
			panic(name)
		}
	}
	fmt.Println(len(common))
}
