// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"sync"
)

// Typed is a sync.Map with types; each of its methods is atomic, two of them together are not.
type Typed[K comparable, V any] struct{ m sync.Map }

func (t *Typed[K, V]) Load(k K) (v V, ok bool) {
	if x, found := t.m.Load(k); found {
		return x.(V), true
	}
	return v, false
}

func (t *Typed[K, V]) Store(k K, v V) { t.m.Store(k, v) }

type Votes struct{ count Typed[string, int] }

func (v *Votes) Add(name string) {
	n, _ := v.count.Load(name)
	v.count.Store(name, n+1) // want "GM302.*count"
}

func main() {
	v := &Votes{}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 20000; i++ {
				v.Add("a")
			}
		})
	}
	wg.Wait()
	if n, _ := v.count.Load("a"); n != 80000 {
		fmt.Println("voted 80000 times, counted", n)
		os.Exit(1)
	}
}
