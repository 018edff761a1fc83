package main

import "fmt"

type Limits struct{ high int }

type Row struct {
	name   string
	cells  []int
	tags   map[string]bool
	limits *Limits
	hits   int
}

func (r *Row) Touch() *Row {
	r.hits++
	return r
}

// The copy is what is wanted, or the write goes through something that copy and map share.
func list(rows map[string]Row) (out []Row) {
	for _, r := range rows {
		r.name += "'"
		out = append(out, r)
	}
	for _, r := range rows {
		r.cells[0] = 1
		r.tags["seen"] = true
		r.limits.high = 9
	}
	for _, r := range rows {
		p := &r
		r.hits = 5
		fmt.Print(p.hits-5, "\n")
	}
	for _, r := range rows {
		r.hits = 7
		func() { out = append(out, r) }()
	}
	for _, r := range rows {
		for range 3 {
			if r.hits > 1 {
				break
			}
			r.hits++
		}
		out = append(out, *r.Touch())
	}
	return out
}

func main() {
	row := Row{"a", []int{0}, map[string]bool{}, &Limits{}, 0}
	rows := map[string]Row{"a": row}
	out := list(rows)
	if len(out) != 3 || out[0].name != "a'" || row.cells[0] != 1 || !row.tags["seen"] || row.limits.high != 9 {
		panic(out)
	}
	if out[1].hits != 7 || out[2].hits != 3 {
		panic(out)
	}
}
