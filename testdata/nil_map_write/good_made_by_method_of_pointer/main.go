package main

import (
	"fmt"
	"strings"
)

type Metadata map[string]string

func (m *Metadata) Set(key, value string) {
	if *m == nil {
		*m = make(Metadata)
	}
	(*m)[key] = value
}

type setter interface{ Set(key, value string) }

func metadata(words []string) (m Metadata) {
	var s setter = &m
	s.Set("", "")
	for _, word := range words {
		m.Set(word, strings.ToUpper(word))
	}
	m["mtime"] = "now"
	return
}

func main() {
	fmt.Println(len(metadata([]string{"a", "b"})))
}
