// fails: panic assignment to entry in nil map
package main

import "strings"

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
			d.paths[name] = path // want "GM401 .*Document.UnmarshalText makes it, Decoder.Decode does not"
		}
	}
}

type Decoder struct{ text string }

func (r *Decoder) Decode(into any) {
	if d, ok := into.(*Document); ok {
		d.read(r.text) // want-related "GM401"
	}
}

func main() {
	var first Document
	if err := first.UnmarshalText([]byte("a=b")); err != nil {
		panic(err)
	}
	r := &Decoder{"c=d"}
	r.Decode(&Document{})
}
