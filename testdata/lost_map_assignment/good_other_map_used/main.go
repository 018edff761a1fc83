package main

import (
	"encoding/json"
	"maps"
)

type Labels map[string]string

func (l *Labels) Load(text []byte) error {
	read := Labels{}
	if err := json.Unmarshal(text, &read); err != nil {
		return err
	}
	*l = read
	return nil
}

func (l Labels) With(name, value string) Labels {
	l = maps.Clone(l)
	l[name] = value
	return l
}

func main() {
	labels := Labels{}
	if err := labels.Load([]byte(`{"a": "b"}`)); err != nil || len(labels.With("c", "d")) != 2 || ignore(labels, "") != 0 {
		panic("not loaded")
	}
}

// ignore has a parameter without a name, to which nothing is ever assigned.
func ignore(_ Labels, text string) int {
	_ = Labels{}
	_ = len(text)
	return 0
}
