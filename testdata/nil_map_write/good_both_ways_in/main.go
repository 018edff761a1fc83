package main

import (
	"fmt"
	"strings"
)

type Document struct {
	paths map[string]string
}

func (d *Document) UnmarshalText(text []byte) error {
	if d.paths == nil {
		d.paths = make(map[string]string)
	}
	d.read(string(text))
	return nil
}

func (d *Document) read(text string) {
	for _, line := range strings.Split(text, "\n") {
		if name, path, ok := strings.Cut(line, "="); ok {
			d.paths[name] = path
		}
	}
}

type Decoder struct{ text string }

func (r *Decoder) Decode(into any) {
	if d, ok := into.(*Document); ok {
		if d.paths == nil {
			d.paths = make(map[string]string)
		}
		d.read(r.text)
	}
}

func main() {
	r := &Decoder{"c=d"}
	d := &Document{}
	r.Decode(d)
	fmt.Println(d.UnmarshalText([]byte("a=b")), len(d.paths))
}
