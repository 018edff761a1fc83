// unsafe.Sizeof does not evaluate its argument.
package main

import (
	"fmt"
	"sync"
	"unsafe"
)

type Compressor struct{ labels sync.Map }

func (c *Compressor) Size() uintptr { return unsafe.Sizeof(*c) }

func main() {
	c := &Compressor{}
	done := make(chan bool)
	go func() { c.labels.Store("a", 1); close(done) }()
	<-done
	fmt.Println(c.Size())
}
