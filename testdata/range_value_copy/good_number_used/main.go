package main

type Peer struct{ score int }

func reset(p *Peer) { *p = Peer{} }

func double(counts map[string]int) int {
	total := 0
	for name, n := range counts {
		n *= 2
		counts[name] = n
	}
	for _, n := range counts {
		for n > 0 {
			n--
			total++
		}
	}
	return total
}

func clean(peers map[string]Peer) {
	for name, p := range peers {
		reset(&p)
		peers[name] = p
	}
}

func main() {
	peers := map[string]Peer{"a": {score: 10}}
	clean(peers)
	if double(map[string]int{"a": 1}) != 2 || peers["a"].score != 0 {
		panic("lost")
	}
}
