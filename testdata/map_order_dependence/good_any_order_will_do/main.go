package main

import (
	"errors"
	"fmt"
	"slices"
)

type Stock struct{ counts map[string]int }

func (s *Stock) Total() (sum int) {
	for _, n := range s.counts {
		sum += n
	}
	return sum
}

func (s *Stock) Has(least int) bool {
	for _, n := range s.counts {
		if n >= least {
			return true
		}
	}
	return false
}

func (s *Stock) Named(name string) int {
	for key, n := range s.counts {
		if key == name {
			return n
		}
	}
	return 0
}

func (s *Stock) Most() (most int) {
	for _, n := range s.counts {
		if n > most {
			most = n
		}
	}
	return most
}

func (s *Stock) Doubled() map[string]int {
	doubled := map[string]int{}
	for name, n := range s.counts {
		doubled[name] = 2 * n
	}
	return doubled
}

func (s *Stock) Names() []string {
	names, i := make([]string, len(s.counts)), 0
	for name := range s.counts {
		names[i] = name
		i++
	}
	slices.Sort(names)
	return names
}

func (s *Stock) Check() error {
	for name, n := range s.counts {
		if n < 0 {
			return fmt.Errorf("%s: %w", name, errors.ErrUnsupported)
		}
	}
	return nil
}

func main() {
	s := &Stock{map[string]int{"tea": 3, "cup": 7}}
	if s.Total() != 10 || !s.Has(7) || s.Named("tea") != 3 || s.Most() != 7 || s.Doubled()["cup"] != 14 || s.Check() != nil {
		panic("wrong")
	}
	if names := s.Names(); names[0] != "cup" || names[1] != "tea" {
		panic(names)
	}
}
