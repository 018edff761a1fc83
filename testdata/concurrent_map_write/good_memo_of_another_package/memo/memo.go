// Package memo remembers what was computed. It takes no lock: who uses it has to.
package memo

type Memo struct {
	squares map[int]int
	counts  *counts
}

type counts struct{ hits map[int]int }

func New() *Memo { return &Memo{squares: map[int]int{}, counts: &counts{hits: map[int]int{}}} }

func (m *Memo) Square(n int) int {
	if square, ok := m.squares[n]; ok {
		return square
	}
	m.squares[n] = n * n
	return n * n
}

// Hit counts, two calls away from the map.
func (m *Memo) Hit(n int) { m.counts.add(n) }

func (c *counts) add(n int) {
	hits := c.hits
	hits[n]++
}
