package gadget

import "sync"

// Gadget is one of a kind.
type Gadget interface {
	Add(name string)
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

func (i *instance) Add(name string) {
	if _, ok := i.params[name]; !ok { // may "GM102"
		i.params[name] = 1 // want "GM101.*instance.params"
	}
}

func (i *instance) Start() int {
	sum := 0
	for _, value := range i.params { // may "GM103"
		sum += value
	}
	return sum
}

func (i *instance) Attach(name string) {
	if i.params[name] > 1 { // may "GM102"
		return
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.containers[name] = true
}
