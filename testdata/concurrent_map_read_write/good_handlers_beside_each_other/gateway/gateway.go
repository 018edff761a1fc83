package gateway

import (
	"sync"

	"example.com/testdata/concurrent_map_read_write/good_handlers_beside_each_other/watch"
)

type checker struct {
	mu       sync.Mutex
	services map[string]bool
	ends     map[string]int
}

func (c *checker) addService(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.services[name] = true
}

func (c *checker) addEndpoint(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.services[name] {
		c.ends[name]++
	}
}

type gateway struct {
	checker *checker
}

// Init has the gateway told of services and endpoints.
func Init(services, endpoints *watch.Watch) {
	g := &gateway{&checker{services: map[string]bool{}, ends: map[string]int{}}}
	services.OnChange(func(name string) {
		g.checker.addService(name)
	})
	endpoints.OnChange(func(name string) {
		g.checker.addEndpoint(name)
	})
}
