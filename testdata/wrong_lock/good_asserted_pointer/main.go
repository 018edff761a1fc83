// The variable has the name of its type, and holds a pointer: no copy of the lock.
package main

import "sync"

type client interface{ Size() int }

type fakeClient struct {
	mu      sync.RWMutex
	indexes map[string]int
}

func (c *fakeClient) Size() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return len(c.indexes)
}

func AddIndex(c client, name string) {
	fakeClient, ok := c.(*fakeClient)
	if !ok {
		panic("not a fake client")
	}
	fakeClient.mu.Lock()
	defer fakeClient.mu.Unlock()
	fakeClient.indexes[name] = 1
}

func main() {
	c := &fakeClient{indexes: map[string]int{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			AddIndex(c, "name")
			_ = c.Size()
		}()
	}
	wg.Wait()
}
