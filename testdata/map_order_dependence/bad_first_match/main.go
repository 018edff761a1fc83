// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"strings"
)

type Rule struct {
	prefix string
	target string
}

// First match wins, but "first" is random when several rules match.
func route(rules map[string]Rule, path string) string {
	for _, r := range rules {
		if strings.HasPrefix(path, r.prefix) {
			return r.target // want "GM205"
		}
	}
	return ""
}

func main() {
	rules := map[string]Rule{"a": {"/", "root"}, "b": {"/api", "api"}, "c": {"/api/v1", "v1"}}
	out := map[string]int{}
	for r := 0; r < 1000; r++ {
		out[route(rules, "/api/v1/x")]++
	}
	if len(out) > 1 {
		fmt.Println(len(out), "different targets:", out)
		os.Exit(1)
	}
}
