// Load and Delete of what was found become LoadAndDelete where nothing comes between them.
package main

import (
	"fmt"
	"sync"
)

type box struct{ mail sync.Map }

func (b *box) take(name string) (string, bool) {
	v, ok := b.mail.Load(name)
	if !ok {
		return "", false
	}
	b.mail.Delete(name)
	return v.(string), true
}

func (b *box) send(name string, to chan<- string) {
	if v, ok := b.mail.Load(name); ok {
		b.mail.Delete(name)

		to <- v.(string)
	}
}

func (b *box) read(name string, to chan<- string) {
	if v, ok := b.mail.Load(name); ok {
		if len(v.(string)) == 0 {
			return
		}
		b.mail.Delete(name) // not for all that were found
		to <- v.(string)
	}
}

func main() {
	b := &box{}
	b.mail.Store("ann", "hello")
	b.mail.Store("bob", "bye")
	to := make(chan string, 2)
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			b.send("bob", to)
			if text, ok := b.take("ann"); ok {
				to <- text
			}
			b.read("ann", to)
		}()
	}
	wg.Wait()
	fmt.Println(len(<-to + <-to))
}
