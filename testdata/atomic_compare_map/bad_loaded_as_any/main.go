// fails: panic comparing uncomparable type map

package main

import "sync/atomic"

type Table struct{ rows atomic.Value }

func (t *Table) Reset() bool {
	old := t.rows.Load()
	return t.rows.CompareAndSwap(old, map[string]int{}) // want "GM110.*t.rows"
}

func main() {
	t := &Table{}
	t.rows.Store(map[string]int{"a": 1})
	t.Reset()
}
