package main

import (
	"errors"
	"fmt"
)

type settings struct{ limits map[string]int }

type option func(*settings)

func withLimit(name string, n int) option {
	return func(s *settings) { s.limits[name] = n }
}

func newSettings(given ...option) settings {
	s := settings{limits: map[string]int{}}
	for _, one := range given {
		one(&s)
	}
	return s
}

// The empty value goes with the error, and nobody uses it.
func parse(text string) (settings, error) {
	if text == "" {
		return settings{}, errors.New("nothing to parse")
	}
	return newSettings(withLimit(text, 1)), nil
}

func main() {
	s, err := parse("disk")
	fmt.Println(s.limits, err)
	_, err = parse("")
	fmt.Println(err)
}
