package main

import "sync"

type row struct{ columns map[int]bool }

func (r *row) reset() {
	r.columns = map[int]bool{}
}

type work interface{ do() }

type rows struct{ rows []row }

func (rs *rows) do() {
	for i := range rs.rows {
		rs.rows[i].reset()
	}
}

var works = make(chan work)

func main() {
	var workers sync.WaitGroup
	for range 4 {
		workers.Go(func() {
			for w := range works {
				w.do()
			}
		})
	}
	for range 100 {
		works <- &rows{rows: make([]row, 3)}
	}
	close(works)
	workers.Wait()
}
