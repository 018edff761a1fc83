package gadget

import "sync"

// Gadget is one of a kind.
type Gadget interface {
	PreStart(name string)
	Start() int
	Attach(name string)
}

type instance struct {
	mu         sync.Mutex
	containers map[string]bool
	params     map[string]int
}

func New() Gadget {
	return &instance{containers: map[string]bool{}, params: map[string]int{}}
}

func (i *instance) PreStart(name string) {
	if _, ok := i.params[name]; !ok {
		i.params[name] = 1
	}
}

func (i *instance) Start() int {
	sum := 0
	for _, value := range i.params {
		sum += value
	}
	return sum
}

func (i *instance) Attach(name string) {
	if i.params[name] > 1 {
		return
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.containers[name] = true
}
