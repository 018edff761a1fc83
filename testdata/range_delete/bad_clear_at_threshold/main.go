// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

type Batch struct{ m map[int]string }

// Flush on a threshold inside the loop: the rest of the entries is silently dropped.
func (b *Batch) process(handle func(string)) {
	n := 0
	for _, v := range b.m {
		handle(v)
		if n++; n == 10 {
			clear(b.m) // want "GM201"
			n = 0
		}
	}
}

func main() {
	b := &Batch{m: map[int]string{}}
	for i := 0; i < 100; i++ {
		b.m[i] = "x"
	}
	handled := 0
	b.process(func(string) { handled++ })
	if handled != 100 {
		fmt.Println("handled", handled, "of 100")
		os.Exit(1)
	}
}
