package main

type Deps struct{ needed map[int]bool }

// Whatever one pass misses, the next one finds.
func (d *Deps) Close(of func(int) int) {
	for changed := true; changed; {
		changed = false
		for pkg := range d.needed {
			if dep := of(pkg); !d.needed[dep] {
				d.needed[dep] = true
				changed = true
			}
		}
	}
}

func main() {
	for r := 0; r < 100; r++ {
		d := &Deps{needed: map[int]bool{0: true}}
		d.Close(func(pkg int) int { return min(pkg+1, 30) })
		if len(d.needed) != 31 {
			panic(len(d.needed))
		}
	}
}
