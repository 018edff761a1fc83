package topology

import "sync"

type node struct {
	sync.RWMutex
	id string
}

type DataNode struct {
	node
	volumes map[int]bool
}

func NewDataNode() *DataNode {
	return &DataNode{volumes: map[int]bool{}}
}

func (dn *DataNode) Add(id int, readOnly bool) {
	dn.Lock()
	defer dn.Unlock()
	dn.volumes[id] = readOnly
}

func (dn *DataNode) Get(id int) bool {
	dn.RLock()
	defer dn.RUnlock()
	return dn.volumes[id]
}

func (dn *DataNode) Len() int {
	dn.RLock()
	defer dn.RUnlock()
	return len(dn.volumes)
}

type Layout struct {
	mu    sync.Mutex
	nodes []*DataNode
}

func NewLayout(nodes ...*DataNode) *Layout {
	return &Layout{nodes: nodes}
}

func (l *Layout) Writable(id int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, dn := range l.nodes {
		if dn.Get(id) {
			return false
		}
	}
	return true
}
