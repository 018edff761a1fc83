// What is deleted is not put back: the second condition excludes the first.
package main

type Pool struct{ index map[string][]int }

func (p *Pool) recheck(addr string) {
	txs := p.index[addr]
	for len(txs) > 0 && txs[0] < 0 {
		txs = txs[1:]
	}
	if len(txs) == 0 {
		delete(p.index, addr)
	}
	if len(txs) > 2 {
		p.index[addr] = txs[:2]
	}
}

func (p *Pool) Init() {
	for addr := range p.index {
		p.recheck(addr)
	}
}

func main() {
	p := &Pool{index: map[string][]int{"a": {-1}, "b": {-1, 1, 2, 3}}}
	p.Init()
	if len(p.index) != 1 || len(p.index["b"]) != 2 {
		panic("not rechecked")
	}
}
