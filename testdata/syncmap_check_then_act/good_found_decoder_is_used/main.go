package main

import (
	"fmt"
	"strconv"
	"sync"
)

type decoder struct{ base int }

func (d decoder) decode(text string) error {
	_, err := strconv.ParseInt(text, d.base, 64)
	return err
}

type info struct{ decode func(string) error }

type Binder struct{ decoders sync.Map }

func (b *Binder) Bind(base int, text string) error {
	if found, ok := b.decoders.Load(base); ok {
		return found.(info).decode(text)
	}
	made := decoder{base: base}
	b.decoders.Store(base, info{decode: made.decode})
	return made.decode(text)
}

func main() {
	b := &Binder{}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 100 {
				if err := b.Bind(2+i%8, "11"); err != nil {
					panic(err)
				}
			}
		})
	}
	wg.Wait()
	fmt.Println("bound")
}
