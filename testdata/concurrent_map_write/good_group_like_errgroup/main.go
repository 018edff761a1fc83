package main

import (
	"strconv"
	"sync"
)

type Group struct{ wg sync.WaitGroup }

func (g *Group) Go(f func()) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		f()
	}()
}

func (g *Group) Wait() { g.wg.Wait() }

func sizes(files []string) map[string]int {
	var mu sync.Mutex
	result := make(map[string]int)
	var group Group
	for _, file := range files {
		group.Go(func() {
			n := len(file)
			mu.Lock()
			defer mu.Unlock()
			result[file] = n
		})
	}
	group.Wait()
	result["all"] = len(result)
	return result
}

func main() {
	var files []string
	for i := 0; i < 500; i++ {
		files = append(files, strconv.Itoa(i))
	}
	if sizes(files)["all"] != 500 {
		panic("lost")
	}
}
