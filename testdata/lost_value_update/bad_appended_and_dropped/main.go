// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

type Index struct {
	postings map[string][]int
	seen     map[string]int
}

func (x *Index) Add(word string, id int) {
	list := x.postings[word]
	list = append(list, id) // want "GM406.*postings"
	n := x.seen[word]
	n++ // want "GM406.*seen"
}

func main() {
	x := &Index{postings: map[string][]int{}, seen: map[string]int{}}
	x.Add("go", 1)
	if len(x.postings["go"]) != 1 || x.seen["go"] != 1 {
		fmt.Println("lost:", x.postings, x.seen)
		os.Exit(1)
	}
}
