package main

type queue struct {
	waiting map[int]string
	sent    int
}

// What is deleted are the keys that the loop has put into the batch itself: it has been there already.
func (q *queue) flush(size int) {
	batch := make([]int, 0, size)
	for id := range q.waiting {
		batch = append(batch, id)
		if len(batch) == size {
			for i := 0; i < len(batch); i++ {
				delete(q.waiting, batch[i])
				q.sent++
			}
			batch = batch[:0]
		}
	}
	for _, id := range batch {
		delete(q.waiting, id)
		q.sent++
	}
}

func main() {
	q := &queue{waiting: map[int]string{}}
	for i := 0; i < 100; i++ {
		q.waiting[i] = "message"
	}
	q.flush(7)
	if q.sent != 100 || len(q.waiting) != 0 {
		panic("not all of them")
	}
}
