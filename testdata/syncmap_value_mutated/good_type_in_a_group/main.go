package main

import (
	"strconv"
	"sync"
)

type (
	// ids of what was sent. They MUST only be touched while
	// holding the lock of the bucket of their key.
	ids map[int]struct{}

	peer struct{ sent sync.Map }
)

func (p *peer) update(key string, id int) {
	if known, ok := p.sent.Load(key); ok {
		set := known.(ids)
		set[id] = struct{}{}
		return
	}
	p.sent.Store(key, ids{id: {}})
}

var buckets [2]sync.Mutex

func work(p *peer, n int) {
	bucket := &buckets[n%2]
	bucket.Lock()
	defer bucket.Unlock()
	p.update(strconv.Itoa(n%2), n)
}

func main() {
	var p peer
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Go(func() { work(&p, n) })
	}
	wg.Wait()
}
