// fails: race

package main

import (
	"reflect"
	"strconv"
	"sync"
)

type Bag struct{ attributes map[string]int }

func set(bag any, name string, value int) {
	attributes := reflect.ValueOf(bag)
	attributes.SetMapIndex(reflect.ValueOf(name), reflect.ValueOf(value)) // want-related "GM10[123]"
}

func total(bag any) (n int64) {
	entries := reflect.ValueOf(bag).MapRange()
	for entries.Next() { // want "GM103"
		n += entries.Value().Int()
	}
	return n
}

func main() {
	b := &Bag{attributes: map[string]int{"a": 1}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 5000 {
			set(b.attributes, strconv.Itoa(i%100), i)
		}
	})
	for range 300 {
		total(b.attributes)
	}
	wg.Wait()
}
