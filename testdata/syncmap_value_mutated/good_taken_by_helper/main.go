package main

import "sync"

type reply struct {
	text string
	done chan struct{}
}

type pending struct {
	mu      sync.Mutex
	waiting sync.Map
}

// Who takes a reply is the only one who has it.
func (p *pending) take(id int) *reply {
	p.mu.Lock()
	defer p.mu.Unlock()
	v, ok := p.waiting.Load(id)
	if !ok {
		return nil
	}
	p.waiting.Delete(id)
	return v.(*reply)
}

func (p *pending) answer(id int, text string) {
	r := p.take(id)
	if r == nil {
		return
	}
	r.text = text
	close(r.done)
}

func main() {
	p := &pending{}
	var wg sync.WaitGroup
	for id := 0; id < 50; id++ {
		r := &reply{done: make(chan struct{})}
		p.waiting.Store(id, r)
		wg.Go(func() { p.answer(id, "first") })
		wg.Go(func() { p.answer(id, "second") })
		wg.Go(func() {
			<-r.done
			if r.text == "" {
				panic("no answer")
			}
		})
	}
	wg.Wait()
}
