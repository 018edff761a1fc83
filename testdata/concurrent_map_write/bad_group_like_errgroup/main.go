// fails: race

package main

import (
	"strconv"
	"sync"
)

// Group runs functions on goroutines and keeps the first error, as errgroup does.
type Group struct {
	wg    sync.WaitGroup
	once  sync.Once
	first error
}

func (g *Group) Go(f func() error) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		if err := f(); err != nil {
			g.once.Do(func() { g.first = err })
		}
	}()
}

func (g *Group) Wait() error {
	g.wg.Wait()
	return g.first
}

func sizes(files []string) (map[string]int, error) {
	result := make(map[string]int)
	var group Group
	for _, file := range files {
		group.Go(func() error {
			result[file] = len(file) // want "GM101.*result"
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return result, nil
}

func main() {
	var files []string
	for i := 0; i < 2000; i++ {
		files = append(files, strconv.Itoa(i))
	}
	for r := 0; r < 10; r++ {
		sizes(files)
	}
}
