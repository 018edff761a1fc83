package main

import "time"

type Slot struct {
	Room string
	At   int64
}

type Day struct {
	Room string
	At   time.Time
}

type Plan struct {
	taken map[Slot]string
	days  map[Day]string
}

func (p *Plan) Take(room, who string, at time.Time) {
	p.taken[Slot{Room: room, At: at.UnixNano()}] = who
	p.days[Day{Room: room, At: at.UTC().Truncate(24 * time.Hour)}] = who
}

func main() {
	p := &Plan{taken: map[Slot]string{}, days: map[Day]string{}}
	at := time.Now()
	p.Take("a", "ann", at)
	p.Take("a", "bob", at)
	if _, ok := p.taken[Slot{"a", at.UnixNano()}]; !ok || len(p.days) != 1 {
		panic("not found")
	}
}
