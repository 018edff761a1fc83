// fails: panic assignment to entry in nil map
package main

import (
	"errors"
	"fmt"
)

type settings struct{ limits map[string]int }

func newSettings() settings { return settings{limits: map[string]int{}} }

func (s settings) limit(name string, n int) { s.limits[name] = n } // want "GM401 .*limits"

// The empty value is a good result here.
func parse(text string) (settings, error) {
	if text == "-" {
		return settings{}, errors.New("nothing to parse")
	}
	if text == "" {
		return settings{}, nil
	}
	return newSettings(), nil
}

func main() {
	for _, text := range []string{"-", "disk", ""} {
		s, err := parse(text)
		if err != nil {
			fmt.Println(err)
			continue
		}
		s.limit("cpu", 2)
	}
}
