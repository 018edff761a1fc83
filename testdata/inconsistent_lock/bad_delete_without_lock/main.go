// fails: race

package main

import (
	"strconv"
	"sync"
)

type Tokens struct {
	mu  sync.Mutex
	exp map[string]int64
}

func (t *Tokens) Put(k string, at int64) {
	t.mu.Lock()
	t.exp[k] = at
	t.mu.Unlock()
}

func (t *Tokens) Revoke(k string) {
	delete(t.exp, k) // want "GM10[14].*exp"
}

func main() {
	t := &Tokens{exp: map[string]int64{}}
	done := make(chan bool)
	go func() {
		for i := 0; i < 50000; i++ {
			t.Put(strconv.Itoa(i%100), int64(i))
		}
		done <- true
	}()
	for i := 0; i < 50000; i++ {
		t.Revoke(strconv.Itoa(i % 100))
	}
	<-done
}
