package main

import (
	"fmt"
	"strings"
	"sync"
)

type users struct {
	mu     sync.Mutex
	byName map[string]int

	savedMu sync.Mutex
	saved   string
}

// load reads what was saved, before the first request comes.
func (u *users) load(text string) {
	u.decode(text)
	u.savedMu.Lock()
	u.saved = text
	u.savedMu.Unlock()
}

func (u *users) decode(text string) {
	u.byName = map[string]int{}
	for _, name := range strings.Fields(text) {
		u.byName[name] = 1
	}
}

func (u *users) visit(name string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.byName[name]++
}

func (u *users) visits(name string) int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.byName[name]
}

func (u *users) forget(name string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.byName, name)
}

func main() {
	u := &users{}
	u.load("ann bob")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			u.visit("ann")
			u.forget("bob")
		})
	}
	wg.Wait()
	fmt.Println(u.visits("ann"))
}
