// Each worker writes the buffer that it has under its own number.
package main

import "sync"

type Buffer struct{ bytes []byte }

type Writer struct{ buffers sync.Map }

func (w *Writer) buffer(workerID int) *Buffer {
	known, _ := w.buffers.LoadOrStore(workerID, &Buffer{})
	return known.(*Buffer)
}

func (w *Writer) Write(workerID int, data []byte) {
	b := w.buffer(workerID)
	b.bytes = append(b.bytes, data...)
}

func main() {
	w := &Writer{}
	var wg sync.WaitGroup
	for id := range 4 {
		wg.Go(func() { w.Write(id, []byte("a")) })
	}
	wg.Wait()
}
