// fails: race

package main

import (
	"reflect"
	"strconv"
	"sync"
)

type Bag struct{ attrs map[string]int }

func setAttr(m any, k string, v int) {
	rv := reflect.ValueOf(m)
	rv.SetMapIndex(reflect.ValueOf(k), reflect.ValueOf(v)) // may "GM10[13]"
}

func sum(m any) (n int64) {
	it := reflect.ValueOf(m).MapRange() // lazy: nothing is read here
	for it.Next() {                     // todo-want "GM103"
		n += it.Value().Int()
	}
	return n
}

func main() {
	b := &Bag{attrs: map[string]int{"a": 1}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 30000; i++ {
			setAttr(b.attrs, strconv.Itoa(i%100), i)
		}
	})
	for i := 0; i < 300; i++ {
		sum(b.attrs)
	}
	wg.Wait()
}
