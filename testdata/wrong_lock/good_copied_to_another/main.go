package main

import (
	"fmt"
	"maps"
	"sync"
)

type network struct {
	mu     sync.Mutex
	labels map[string]string
}

func (n *network) set(key, value string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.labels[key] = value
}

func (n *network) get(key string) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.labels[key]
}

// CopyTo fills another network, which nobody else has yet.
func (n *network) CopyTo(other any) {
	n.mu.Lock()
	defer n.mu.Unlock()
	target := other.(*network)
	if target.labels == nil {
		target.labels = make(map[string]string, len(n.labels))
	}
	maps.Copy(target.labels, n.labels)
}

func main() {
	n := &network{labels: map[string]string{}}
	copies := []func(any){n.CopyTo}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			n.set("a", "b")
			var own network
			for _, copyTo := range copies {
				copyTo(&own)
			}
			own.set("c", "d")
		})
	}
	wg.Wait()
	fmt.Println(n.get("a"))
}
