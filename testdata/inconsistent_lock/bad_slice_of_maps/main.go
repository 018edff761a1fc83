// fails: race

package main

import "sync"

type Board struct {
	mu     sync.Mutex
	scores []map[string]int
}

func (b *Board) Add(round int, player string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.scores[round][player]++
}

func (b *Board) Remove(round int, player string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.scores[round], player)
}

// The lock is for all rounds.
func (b *Board) Score(round int, player string) int {
	return b.scores[round][player] // want "GM104.*Board.scores"
}

func main() {
	b := &Board{scores: []map[string]int{{}, {}}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 5000; i++ {
			b.Add(i%2, "ann")
			b.Remove(i%2, "bob")
		}
	})
	for i := 0; i < 5000; i++ {
		_ = b.Score(i%2, "ann")
	}
	wg.Wait()
}
