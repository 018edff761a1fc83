// The feed has a method of that name, but is no observer.
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

func (f *feed) Tick(name string, count int) error {
	f.barriers[name]++
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

	for range 1000 {
		f.Tick("a", 1)
	}
	f.Close()
}
