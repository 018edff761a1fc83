// fails: race
package main

import "sync"

type file struct {
	open   bool
	closed int
}

type pool struct{ files sync.Map }

// Each worker goes through all the names.
func (p *pool) closeAll(names []string) {
	var wg sync.WaitGroup
	for w := 0; w < 4; w++ {
		wg.Go(func() {
			for _, name := range names {
				v, ok := p.files.Load(name)
				if !ok {
					continue
				}
				f := v.(*file)
				f.open = false // want "GM304 .*f.open"
				f.closed++     // want-related "GM304"
			}
		})
	}
	wg.Wait()
}

func main() {
	p := &pool{}
	names := []string{"a", "b", "c", "d", "e", "f"}
	for _, name := range names {
		p.files.Store(name, &file{open: true})
	}
	for i := 0; i < 100; i++ {
		p.closeAll(names)
	}
}
