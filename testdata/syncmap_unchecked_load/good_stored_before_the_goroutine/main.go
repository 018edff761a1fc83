// Nothing deletes, and the key was stored before the goroutine began.
package main

import "sync"

type Topics struct{ locks sync.Map }

func (t *Topics) Subscribe(topic string) chan bool {
	t.locks.LoadOrStore(topic, &sync.Mutex{})
	done := make(chan bool)
	go func(t *Topics) {
		lock, _ := t.locks.Load(topic)
		lock.(*sync.Mutex).Lock()
		defer lock.(*sync.Mutex).Unlock()
		close(done)
	}(t)
	return done
}

func main() {
	<-(&Topics{}).Subscribe("a")
}
