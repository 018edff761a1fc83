// fails: race

package main

import (
	"context"
	"time"
)

type Watch struct {
	subs map[int]func()
}

func (w *Watch) Sub(ctx context.Context, id int) {
	w.subs[id] = func() {} // may "GM101.*subs"
	context.AfterFunc(ctx, func() {
		delete(w.subs, id) // want-related "GM101.*subs"
	})
}

func main() {
	w := &Watch{subs: map[int]func(){}}
	for i := 0; i < 50000; i++ {
		ctx, cancel := context.WithCancel(context.Background())
		w.Sub(ctx, i)
		cancel()
	}
	time.Sleep(20 * time.Millisecond)
}
