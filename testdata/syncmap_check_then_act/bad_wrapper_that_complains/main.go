// misbehaves: exit 1
package main

import (
	"fmt"
	"log"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
)

type Updater struct{ setters atomic.Int64 }

func fatal(message string) { log.Fatal(message) }

// Updaters has types for a sync.Map, and complains about values of another type.
type Updaters struct{ m sync.Map }

func (u *Updaters) Store(id int, updater *Updater) { u.m.Store(id, updater) }

func (u *Updaters) Load(id int) (*Updater, bool) {
	value, ok := u.m.Load(id)
	if !ok {
		return nil, false
	}
	updater, ok := value.(*Updater)
	if !ok {
		fatal("no updater")
	}
	return updater, true
}

func newUpdater() *Updater {
	runtime.Gosched()
	u := &Updater{}
	u.setters.Add(1)
	return u
}

func run() int64 {
	updaters := Updaters{}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if updater, ok := updaters.Load(1); ok {
				updater.setters.Add(1)
			} else {
				updaters.Store(1, newUpdater()) // want "GM302.*updaters"
			}
		}()
	}
	wg.Wait()
	updater, _ := updaters.Load(1)
	return updater.setters.Load()
}

func main() {
	for range 2000 {
		if n := run(); n != 4 {
			fmt.Println("4 setters, counted", n)
			os.Exit(1)
		}
	}
}
