package main

import (
	"reflect"
	"sync"
)

type Bag struct {
	mu         sync.Mutex
	attributes map[string]int
}

func (b *Bag) Set(name string, value int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	reflect.ValueOf(b.attributes).SetMapIndex(reflect.ValueOf(name), reflect.ValueOf(value))
}

func (b *Bag) Total() (n int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	entries := reflect.ValueOf(b.attributes).MapRange()
	for entries.Next() {
		n += entries.Value().Int()
	}
	return n
}

func fresh() any {
	made := reflect.MakeMap(reflect.TypeOf(map[string]int{}))
	made.SetMapIndex(reflect.ValueOf("a"), reflect.ValueOf(1))
	return made.Interface()
}

func main() {
	b := &Bag{attributes: map[string]int{}}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for i := range 300 {
				b.Set("a", i)
				b.Total()
				fresh()
			}
		})
	}
	wg.Wait()
}
