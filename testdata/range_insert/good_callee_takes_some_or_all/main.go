package main

import (
	"fmt"
	"os"
)

type pending map[string][]int

// finish takes the first ones away, and the entry with the last of them.
func (p pending) finish(kind string, count int) {
	left := p[kind]
	if len(left) == count {
		delete(p, kind)
	} else {
		p[kind] = left[count:]
	}
}

func (p pending) work() int {
	done := 0
	for kind, numbers := range p {
		for len(numbers) > 3 {
			done += 3
			p.finish(kind, 3)
			numbers = numbers[3:]
		}
		for range numbers {
			done++
			p.finish(kind, 1)
		}
	}
	return done
}

func main() {
	for range 100 {
		p := pending{"a": {1, 2, 3, 4, 5}, "b": {1}, "c": {1, 2, 3, 4, 5, 6, 7}}
		if done := p.work(); done != 13 || len(p) != 0 {
			fmt.Println(done, "done, left:", p)
			os.Exit(1)
		}
	}
}
