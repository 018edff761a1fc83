package gateway

import "example.com/testdata/concurrent_map_read_write/bad_handlers_beside_each_other/watch"

type checker struct {
	services map[string]bool
	ends     map[string]int
}

func (c *checker) addService(name string) {
	c.services[name] = true // want-related "GM102.*checker.services"
}

func (c *checker) addEndpoint(name string) {
	if c.services[name] { // want "GM102.*checker.services"
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
