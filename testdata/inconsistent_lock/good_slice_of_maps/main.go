package main

import "sync"

type Board struct {
	mu     sync.Mutex
	scores []map[string]int
}

func NewBoard(rounds int) *Board {
	b := &Board{scores: make([]map[string]int, rounds)}
	for i := range b.scores {
		b.scores[i] = map[string]int{"nobody": 0}
	}
	return b
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

func (b *Board) Score(round int, player string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.scores[round][player]
}

func main() {
	b := NewBoard(2)
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
