// Package names gives names their numbers.
package names

import "sync"

type Table struct{ numbers map[string]int }

func NewTable() *Table { return &Table{numbers: map[string]int{}} }

func (t *Table) Number(name string) int {
	if n, ok := t.numbers[name]; ok {
		return n
	}
	n := len(t.numbers)
	t.numbers[name] = n
	return n
}

var (
	mu  sync.Mutex
	all = NewTable()
)

// Number is that of the table which all share.
func Number(name string) int {
	mu.Lock()
	defer mu.Unlock()
	return all.Number(name)
}
