// misbehaves: exit 1
package main

import (
	"fmt"
	"os"
)

type queue struct {
	after map[int]int
	seen  int
}

// The batch holds what comes after each of the visited ones.
func (q *queue) flush(size int) {
	batch := make([]int, 0, size)
	for id := range q.after {
		q.seen++
		batch = append(batch, q.after[id])
		if len(batch) == size {
			for i := 0; i < len(batch); i++ {
				delete(q.after, batch[i]) // want "GM201 .*another key"
			}
			batch = batch[:0]
		}
	}
}

func main() {
	results := map[int]bool{}
	for run := 0; run < 1000; run++ {
		q := &queue{after: map[int]int{}}
		for i := 0; i < 40; i++ {
			q.after[i] = (i + 17) % 40
		}
		q.flush(3)
		results[q.seen] = true
	}
	if len(results) > 1 {
		fmt.Println("visited:", results)
		os.Exit(1)
	}
}
