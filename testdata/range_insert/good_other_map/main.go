package main

import (
	"maps"
	"slices"
)

type Table struct{ byID, byRank map[int]int }

func (t *Table) rank() {
	for id, rank := range t.byID {
		t.byRank[rank] = id
	}
	for _, id := range slices.Sorted(maps.Keys(t.byID)) {
		t.byID[id+1000] = id
	}
	for id, n := range maps.Clone(t.byRank) {
		t.byRank[id+1000] = n
	}
}

func main() {
	t := &Table{byID: map[int]int{1: 5, 2: 6}, byRank: map[int]int{}}
	t.rank()
	if len(t.byID) != 4 || len(t.byRank) != 4 {
		panic("wrong")
	}
}
