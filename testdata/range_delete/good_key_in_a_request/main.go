// The key goes into the callee inside a literal, and is the current one.
package main

type Request struct{ ID int }

type Session struct{ id int }

type Bridge struct{ sessions map[int]*Session }

func (b *Bridge) add(id int) {
	b.sessions[id] = &Session{id: id}
}

func (b *Bridge) release(r *Request) {
	delete(b.sessions, r.ID)
}

func (b *Bridge) Discard() {
	for id := range b.sessions {
		b.release(&Request{ID: id})
	}
	for _, s := range b.sessions {
		r := &Request{ID: s.id}
		b.release(r)
	}
}

func main() {
	b := &Bridge{sessions: map[int]*Session{}}
	b.add(1)
	b.add(2)
	b.Discard()
	if len(b.sessions) > 0 {
		panic("some are left")
	}
}
