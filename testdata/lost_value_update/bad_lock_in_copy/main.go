// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"sync/atomic"
)

type stats struct{ hits atomic.Int64 }

type Table struct{ byName map[string]stats }

func (t *Table) Hit(name string) {
	s := t.byName[name]
	s.hits.Add(1) // want "GM406.*byName"
}

func main() {
	t := &Table{byName: map[string]stats{}}
	t.byName["a"] = stats{}
	t.Hit("a")
	s := t.byName["a"]
	if s.hits.Load() != 1 {
		fmt.Println("the hit is lost")
		os.Exit(1)
	}
}
