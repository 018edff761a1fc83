// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"time"
)

type Slot struct {
	Room string
	At   time.Time
}

type Plan struct {
	taken map[Slot]string
	hits  map[time.Time]int
}

func (p *Plan) Take(room, who string, at time.Time) {
	p.taken[Slot{Room: room, At: time.Now().Add(time.Until(at))}] = who // want "GM405.*taken"
}

func (p *Plan) Hit() {
	p.hits[time.Now()]++ // want "GM405.*hits"
}

func main() {
	p := &Plan{taken: map[Slot]string{}, hits: map[time.Time]int{}}
	at := time.Now().Round(time.Hour)
	p.Take("a", "ann", at)
	p.Take("a", "bob", at)
	p.Hit()
	p.Hit()
	if _, ok := p.taken[Slot{"a", at}]; !ok || len(p.taken) != 1 || len(p.hits) != 1 {
		fmt.Println("the same moment is another key:", len(p.taken), len(p.hits))
		os.Exit(1)
	}
}
