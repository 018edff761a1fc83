// fails: race

package main

import "sync"

type row struct{ columns map[int]bool }

func (r *row) reset() {
	r.columns = map[int]bool{} // want "GM101.*row.columns"
}

type rows struct{ rows []row }

func (rs *rows) do() {
	for i := range rs.rows {
		rs.rows[i].reset()
	}
}

var all = rows{rows: make([]row, 3)}

var works = make(chan int)

func main() {
	var workers sync.WaitGroup
	for range 4 {
		workers.Go(func() {
			for range works {
				all.do()
			}
		})
	}
	for range 100 {
		works <- 1
	}
	close(works)
	workers.Wait()
}
