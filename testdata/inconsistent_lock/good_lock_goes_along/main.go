package main

import (
	"fmt"
	"sync"
)

type client struct {
	lock     *sync.Mutex
	versions map[int]bool
}

func ensure(versions map[int]bool, lock *sync.Mutex, version int) {
	lock.Lock()
	defer lock.Unlock()
	versions[version] = true
}

func newClient() (*client, chan struct{}) {
	versions := make(map[int]bool)
	var lock sync.Mutex
	done := make(chan struct{})
	go func() {
		for n := range 100 {
			ensure(versions, &lock, n)
		}
		close(done)
	}()
	return &client{lock: &lock, versions: versions}, done
}

func (c *client) count() int {
	c.lock.Lock()
	defer c.lock.Unlock()
	return len(c.versions)
}

func main() {
	c, done := newClient()
	for range 100 {
		c.count()
	}
	<-done
	fmt.Println(c.count())
}
