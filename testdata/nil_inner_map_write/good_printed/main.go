package main

import "fmt"

type matrix struct{ cells map[int]map[int]float64 }

func newMatrix(rows int) *matrix {
	m := &matrix{cells: map[int]map[int]float64{}}
	grow(m.cells, rows)
	return m
}

func grow(cells map[int]map[int]float64, rows int) {
	for row := range rows {
		cells[row] = map[int]float64{}
	}
}

func (m *matrix) set(row, column int, value float64) {
	m.cells[row][column] = value
}

func main() {
	m := newMatrix(4)
	m.set(1, 2, 3)
	fmt.Println(m.cells)
}
