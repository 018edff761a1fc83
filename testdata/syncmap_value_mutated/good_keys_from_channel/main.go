package main

import "sync"

type file struct {
	open   bool
	closed int
}

type pool struct{ files sync.Map }

// Each name comes out of the channel once, so that no two workers have the same file.
func (p *pool) closeAll(names []string) {
	work := make(chan string)
	var wg sync.WaitGroup
	for w := 0; w < 4; w++ {
		wg.Go(func() {
			for name := range work {
				v, ok := p.files.Load(name)
				if !ok {
					continue
				}
				f := v.(*file)
				f.open = false
				f.closed++
			}
		})
	}
	for _, name := range names {
		work <- name
	}
	close(work)
	wg.Wait()
}

func main() {
	p := &pool{}
	names := []string{"a", "b", "c", "d", "e", "f"}
	for _, name := range names {
		p.files.Store(name, &file{open: true})
	}
	p.closeAll(names)
	p.files.Range(func(_, v any) bool {
		if f := v.(*file); f.open || f.closed != 1 {
			panic("not closed")
		}
		return true
	})
}
