// To cancel a context twice does no harm.
package main

import (
	"context"
	"sync"
)

type Loops struct{ cancels sync.Map }

func (l *Loops) Stop(key string) {
	if known, ok := l.cancels.Load(key); ok {
		cancel := known.(context.CancelFunc)
		cancel()
		l.cancels.Delete(key)
	}
}

func main() {
	l := &Loops{}
	_, cancel := context.WithCancel(context.Background())
	l.cancels.Store("a", cancel)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { l.Stop("a") })
	}
	wg.Wait()
}
