package main

import "strings"

type Bag struct{ counts map[string]int }

func (b *Bag) fold() (visits int) {
	var twins []string
	for word := range b.counts {
		visits++
		if upper := strings.ToUpper(word); upper == word {
			delete(b.counts, upper) // the current key itself
		} else {
			twins = append(twins, upper)
		}
	}
	for _, twin := range twins {
		delete(b.counts, twin)
	}
	return visits
}

func main() {
	for range 100 {
		b := &Bag{counts: map[string]int{"a": 1, "A": 2, "b": 3}}
		if b.fold() != 3 || len(b.counts) != 2 {
			panic("wrong")
		}
	}
}
