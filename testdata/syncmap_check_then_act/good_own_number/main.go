// Each worker has an entry of its own.
package main

import (
	"bytes"
	"sync"
)

type Buffers struct{ m sync.Map }

func (b *Buffers) Get(workerID uint) *bytes.Buffer {
	v, ok := b.m.Load(workerID)
	if !ok {
		v = &bytes.Buffer{}
		b.m.Store(workerID, v)
	}
	return v.(*bytes.Buffer)
}

func main() {
	b := &Buffers{}
	var wg sync.WaitGroup
	for i := range uint(4) {
		wg.Go(func() { b.Get(i).WriteString("a") })
	}
	wg.Wait()
}
