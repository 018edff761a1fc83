// fails: race

package main

import (
	"cmp"
	"slices"
	"sync"
)

type image struct {
	id    int
	mu    sync.Mutex
	parts map[int]int
}

// locker takes the locks of several images, always in the same order.
type locker struct{ images []*image }

func (l *locker) lock(images ...*image) {
	l.images = slices.Clone(images)
	slices.SortFunc(l.images, func(a, b *image) int { return cmp.Compare(a.id, b.id) })
	for _, one := range l.images {
		one.mu.Lock()
	}
}

func (l *locker) unlock() {
	for _, one := range slices.Backward(l.images) {
		one.mu.Unlock()
	}
}

func (i *image) Set(part, value int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.parts[part] = value
}

func (i *image) Get(part int) int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.parts[part]
}

func (i *image) Draw(from *image) {
	var l locker
	l.lock(i, from)
	l.unlock()
	for part, value := range from.parts { // may "GM104.*image.parts"
		i.parts[part] = value // want "GM104.*image.parts"
	}
}

func main() {
	a, b := &image{id: 1, parts: map[int]int{}}, &image{id: 2, parts: map[int]int{}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for n := range 1000 {
			a.Draw(b)
			b.Set(n%10, n)
		}
	})
	wg.Go(func() {
		for n := range 1000 {
			b.Draw(a)
			a.Set(n%10, b.Get(n%10))
		}
	})
	wg.Wait()
}
