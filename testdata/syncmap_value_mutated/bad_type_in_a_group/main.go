// fails: race

package main

import "sync"

type (
	// ids of what was sent, by their numbers.
	ids map[int]struct{}

	peer struct{ sent sync.Map }
)

func (p *peer) update(key string, id int) {
	known, _ := p.sent.LoadOrStore(key, ids{})
	set := known.(ids)
	set[id] = struct{}{} // want "GM304.*sent"
}

func main() {
	var p peer
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Go(func() {
			for i := range 500 {
				p.update("a", n*1000+i)
			}
		})
	}
	wg.Wait()
}
