// Package graph marks nodes that are gone.
package graph

import "sync"

// Graph has a lock for its nodes, and one for the graves.
type Graph struct {
	sync.Mutex
	nodes map[int]string

	graveLock *sync.RWMutex
	graves    map[int]bool
}

func New() *Graph {
	g := &Graph{nodes: map[int]string{}, graveLock: &sync.RWMutex{}, graves: map[int]bool{}}
	go g.name()
	return g
}

func (g *Graph) name() {
	g.Lock()
	defer g.Unlock()
	g.nodes[0] = "root"
}

// NewFrom makes a graph of what was saved.
func NewFrom(graves map[int]bool) *Graph {
	g := New()
	g.graves = graves
	return g
}

func (g *Graph) Bury(id int) {
	g.graveLock.Lock()
	defer g.graveLock.Unlock()
	g.graves[id] = true
}

func (g *Graph) Sweep(id int) {
	g.graveLock.Lock()
	defer g.graveLock.Unlock()
	delete(g.graves, id)
}

func (g *Graph) Buried(id int) bool {
	g.graveLock.RLock()
	defer g.graveLock.RUnlock()
	return g.graves[id]
}

func (g *Graph) Graves() []int {
	g.Lock()
	defer g.Unlock()
	var found []int
	for id := range g.graves { // want "GM108.*graves"
		found = append(found, id)
	}
	return found
}

func (g *Graph) Count() int {
	g.Lock()
	defer g.Unlock()
	return len(g.graves) // may "GM108"
}

func (g *Graph) Empty() bool {
	g.Lock()
	defer g.Unlock()
	return len(g.graves) == 0 // may "GM108"
}
