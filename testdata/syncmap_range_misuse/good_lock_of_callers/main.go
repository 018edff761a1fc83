package main

import "sync"

type Bank struct {
	mu       sync.Mutex
	accounts sync.Map
}

type account struct{ cents int }

func (b *Bank) Transfer(from, to string, n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	f, ok := b.accounts.Load(from)
	t, found := b.accounts.Load(to)
	if ok && found {
		f.(*account).cents -= n
		t.(*account).cents += n
	}
}

// Lock should be held.
func (b *Bank) Total() (sum int) {
	b.accounts.Range(func(_, v any) bool {
		sum += v.(*account).cents
		return true
	})
	return sum
}

func main() {
	b := &Bank{}
	b.accounts.Store("ann", &account{100})
	b.accounts.Store("bob", &account{100})
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 500; i++ {
				b.Transfer("ann", "bob", 1)
				b.mu.Lock()
				if b.Total() != 200 {
					panic("wrong")
				}
				b.mu.Unlock()
			}
		})
	}
	wg.Wait()
}
