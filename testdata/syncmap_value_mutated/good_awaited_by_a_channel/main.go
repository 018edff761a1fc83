// Who puts the call in fills it; the others wait until its channel is closed.
package main

import "sync"

type call struct {
	done  chan struct{}
	value int
}

type OnlyOne struct{ calls sync.Map }

func (o *OnlyOne) Do(key string, f func() int) int {
	actual, running := o.calls.LoadOrStore(key, &call{done: make(chan struct{})})
	c := actual.(*call)
	if running {
		<-c.done
	} else {
		c.value = f()
		close(c.done)
		o.calls.Delete(key)
	}
	return c.value
}

func main() {
	o := &OnlyOne{}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() { o.Do("a", func() int { return 1 }) })
	}
	wg.Wait()
}
