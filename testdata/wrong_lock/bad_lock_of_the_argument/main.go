// fails: race
// The literal locks what it is given: another object each time.
package main

import (
	"fmt"
	"strconv"
	"sync"
)

type beats struct {
	sync.Mutex
	members map[string]int
}

func (b *beats) send(names []string) {
	var wg sync.WaitGroup
	beat := func(to *beats, name string) {
		defer wg.Done()
		for range 1000 {
			to.Lock()
			b.members[name]++ // want "GM10[18]"
			to.Unlock()
		}
	}
	for _, name := range names {
		wg.Add(1)
		go beat(&beats{}, name)
	}
	wg.Wait()
}

func main() {
	b := &beats{members: map[string]int{}}
	var names []string
	for i := range 8 {
		names = append(names, strconv.Itoa(i))
	}
	b.send(names)
	fmt.Println(len(b.members))
}
