package main

import (
	"encoding/json"
	"strings"
)

type Config struct {
	Name  string
	Allow map[string]bool
	Deny  Set
}

type Set struct{ names map[string]bool }

func (s *Set) UnmarshalJSON(text []byte) error {
	s.names = map[string]bool{}
	return nil
}

func load(text string) (*Config, error) {
	config := &Config{}
	if err := json.NewDecoder(strings.NewReader(text)).Decode(config); err != nil {
		return nil, err
	}
	if config.Allow == nil {
		config.Allow = map[string]bool{}
	}
	config.Allow["admin"] = true
	return config, nil
}

func parse(text string) *Set {
	set := &Set{}
	if json.Unmarshal([]byte(text), set) == nil {
		set.names["admin"] = true
	}
	other := Config{Allow: map[string]bool{}}
	_ = json.Unmarshal([]byte(text), &other)
	other.Allow["admin"] = true
	return set
}

func main() {
	_, err := load(`{"Name": "a"}`)
	if err != nil || parse(`["a"]`) == nil {
		panic("not loaded")
	}
}
