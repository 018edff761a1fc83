// fails: race

package main

import "sync"

type observer interface {
	Tick(name string) error
	Close() error
}

type quiet struct{}

func (quiet) Tick(name string) error { return nil }

func (quiet) Close() error { return nil }

type feed struct {
	observer observer
	barriers map[string]int
	wg       sync.WaitGroup
}

func (f *feed) Tick(name string) error {
	f.barriers[name]++ // want "GM101.*feed.barriers"
	f.watch()
	return nil
}

func (f *feed) Close() error {
	f.wg.Wait()
	return nil
}

func (f *feed) watch() {
	f.wg.Add(1)
	go func() {
		defer f.wg.Done()
		f.observer.Tick("a")
	}()
}

func main() {
	f := &feed{observer: quiet{}, barriers: map[string]int{}}
	f.observer = &feed{observer: quiet{}, barriers: map[string]int{}}
	for range 1000 {
		f.Tick("a")
	}
	f.Close()
}
