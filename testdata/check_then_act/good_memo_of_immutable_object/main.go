package main

import (
	"strings"
	"sync"
)

// Decoder never changes once it is made: it makes no difference which of two is kept.
type Decoder struct{ fields map[string]bool }

func NewDecoder(schema string) *Decoder {
	d := &Decoder{fields: map[string]bool{}}
	for _, name := range strings.Split(schema, ",") {
		d.fields[name] = true
	}
	return d
}

func (d *Decoder) Knows(name string) bool { return d.fields[name] }

type Decoders struct {
	mu       sync.RWMutex
	bySchema map[string]*Decoder
}

func (d *Decoders) Get(schema string) *Decoder {
	d.mu.RLock()
	if one, ok := d.bySchema[schema]; ok {
		d.mu.RUnlock()
		return one
	}
	d.mu.RUnlock()
	one := NewDecoder(schema)
	d.mu.Lock()
	d.bySchema[schema] = one
	d.mu.Unlock()
	return one
}

func main() {
	d := &Decoders{bySchema: map[string]*Decoder{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 100 {
				if !d.Get("a,b").Knows("b") {
					panic("unknown")
				}
			}
		})
	}
	wg.Wait()
}
