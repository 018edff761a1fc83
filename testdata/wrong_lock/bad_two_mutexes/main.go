// fails: race

package main

import (
	"sync"
)

type Broker struct {
	subMu sync.Mutex
	pubMu sync.Mutex
	subs  map[string]int
}

func (b *Broker) Subscribe(t string) {
	b.subMu.Lock()
	defer b.subMu.Unlock()
	b.subs[t]++
}

func (b *Broker) Unsubscribe(t string) {
	b.pubMu.Lock()
	defer b.pubMu.Unlock()
	delete(b.subs, t) // want "GM10[148].*subs"
}

func main() {
	b := &Broker{subs: map[string]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				b.Subscribe("t")
				b.Unsubscribe("t")
			}
		})
	}
	wg.Wait()
}
