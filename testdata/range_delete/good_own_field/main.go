package main

type Conn struct {
	id   int
	idle bool
}

type Pool struct{ conns map[int]*Conn }

func (p *Pool) Add(c *Conn) { p.conns[c.id] = c }

func (p *Pool) drop(c *Conn) { delete(p.conns, c.id) }

func (p *Pool) Reap() {
	for _, c := range p.conns {
		if c.idle {
			delete(p.conns, c.id)
		}
	}
}

func (p *Pool) Close() {
	for _, c := range p.conns {
		p.drop(c)
	}
}

func main() {
	p := &Pool{conns: map[int]*Conn{}}
	for i := 0; i < 100; i++ {
		p.Add(&Conn{id: i, idle: i%2 == 0})
	}
	if p.Reap(); len(p.conns) != 50 {
		panic(len(p.conns))
	}
	if p.Close(); len(p.conns) != 0 {
		panic(len(p.conns))
	}
}
