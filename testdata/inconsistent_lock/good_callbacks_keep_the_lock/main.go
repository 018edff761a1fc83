package main

import (
	"io/fs"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"
)

type Ranking struct {
	mu     sync.Mutex
	once   sync.Once
	scores map[string]int
	extra  sync.Map
}

// All of these call back before they return, with the lock still held.
func (r *Ranking) Sorted() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.once.Do(func() { r.scores["first"] = 1 })
	names := make([]string, 0, len(r.scores))
	for name := range r.scores {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool { return r.scores[names[i]] < r.scores[names[j]] })
	slices.SortFunc(names, func(a, b string) int { return r.scores[a] - r.scores[b] })
	r.extra.Range(func(key, value any) bool {
		r.scores[key.(string)] += value.(int)
		return true
	})
	strings.Map(func(c rune) rune {
		r.scores[string(c)]++
		return c
	}, "ab")
	_ = filepath.WalkDir("no such folder", func(path string, _ fs.DirEntry, _ error) error {
		r.scores[path]++
		return nil
	})
	func() { r.scores["called at once"]++ }()
	return names
}

func (r *Ranking) Add(name string) {
	r.mu.Lock()
	r.scores[name]++
	r.mu.Unlock()
	r.extra.Store(name, 1)
}

func main() {
	r := &Ranking{scores: map[string]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 50; i++ {
				r.Add("x")
				r.Sorted()
			}
		})
	}
	wg.Wait()
}
