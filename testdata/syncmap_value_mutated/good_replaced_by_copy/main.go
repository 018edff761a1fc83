package main

import "sync"

type profile struct {
	name  string
	tries int
}

type Profiles struct{ byID sync.Map }

// A value is never changed once it is stored; a changed copy takes its place.
func (p *Profiles) Retry(id int) {
	for {
		v, ok := p.byID.Load(id)
		if !ok {
			return
		}
		next := *v.(*profile)
		next.tries++
		if p.byID.CompareAndSwap(id, v, &next) {
			return
		}
	}
}

func main() {
	p := &Profiles{}
	p.byID.Store(1, &profile{name: "ann"})
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 500; i++ {
				p.Retry(1)
			}
		})
	}
	wg.Wait()
	if v, _ := p.byID.Load(1); v.(*profile).tries != 2000 {
		panic("lost")
	}
}
