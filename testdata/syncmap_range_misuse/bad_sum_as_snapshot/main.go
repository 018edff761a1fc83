// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
)

type Bank struct{ acc sync.Map }

func (b *Bank) Transfer(from, to, n int) {
	f, _ := b.acc.Load(from)
	f.(*atomic.Int64).Add(-int64(n)) // may "GM307"
	runtime.Gosched()
	t, _ := b.acc.Load(to)
	t.(*atomic.Int64).Add(int64(n)) // may "GM307"
}

// Range is not a snapshot: the sum is taken while transfers run.
func (b *Bank) Total() (sum int64) {
	b.acc.Range(func(k, v any) bool { // want "GM310"
		sum += v.(*atomic.Int64).Load()
		return true
	})
	return sum
}

func main() {
	b := &Bank{}
	for i := 0; i < 100; i++ {
		v := new(atomic.Int64)
		v.Store(100)
		b.acc.Store(i, v)
	}
	var wg sync.WaitGroup
	stop := make(chan struct{})
	wg.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				b.Transfer(i%100, (i*7+1)%100, 50)
			}
		}
	})
	wrong := 0
	for i := 0; i < 5000; i++ {
		if b.Total() != 10000 {
			wrong++
		}
		runtime.Gosched()
	}
	close(stop)
	wg.Wait()
	if wrong > 0 {
		fmt.Println("wrong total in", wrong, "of 5000 Ranges")
		os.Exit(1)
	}
}
