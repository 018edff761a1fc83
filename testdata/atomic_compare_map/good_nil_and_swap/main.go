package main

import "sync/atomic"

type Table struct{ rows atomic.Value }

// Init is for the first one who comes: nothing is compared but nil.
func (t *Table) Init() bool {
	return t.rows.CompareAndSwap(nil, map[string]int{})
}

func (t *Table) Replace(rows map[string]int) map[string]int {
	old, _ := t.rows.Swap(rows).(map[string]int)
	return old
}

// Version is compared by its number alone.
type version struct{ number int }

var current atomic.Value

func bump() bool {
	old := current.Load()
	return current.CompareAndSwap(old, version{old.(version).number + 1})
}

func main() {
	t := &Table{}
	t.Init()
	t.Init()
	t.Replace(map[string]int{"a": 1})
	current.Store(version{1})
	if !bump() {
		panic("not swapped")
	}
}
