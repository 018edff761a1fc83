// fails: panic assignment to entry in nil map

package main

type Grid struct{ rows map[int]map[int]string }

func (g *Grid) Set(x, y int, value string) {
	row, ok := g.rows[x]
	if !ok {
		row[y] = value // want "GM402.*rows"
		return
	}
	row[y] = value
}

func main() {
	g := &Grid{rows: map[int]map[int]string{1: {}}}
	g.Set(1, 1, "a")
	g.Set(2, 1, "a")
}
