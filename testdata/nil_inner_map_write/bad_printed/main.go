// fails: panic assignment to entry in nil map

package main

import "fmt"

type matrix struct{ cells map[int]map[int]float64 }

func newMatrix() *matrix { return &matrix{cells: map[int]map[int]float64{}} }

func (m *matrix) set(row, column int, value float64) {
	m.cells[row][column] = value // want "GM402.*cells"
}

func main() {
	m := newMatrix()
	fmt.Println(m.cells) // who prints a map puts nothing into it
	m.set(1, 2, 3)
}
