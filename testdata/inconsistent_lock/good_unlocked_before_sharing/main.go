package main

import "sync"

type Config struct {
	mu     sync.Mutex
	values map[string]string
}

// Nobody else knows the object yet, whether it is filled here or by a helper.
func Load(lines []string) *Config {
	c := &Config{values: map[string]string{}}
	for _, line := range lines {
		c.parse(line)
	}
	if len(c.values) == 0 {
		c.values["default"] = "yes"
	}
	return c
}

func (c *Config) parse(line string) { c.values[line] = "set" }

func (c *Config) Set(k, v string) {
	c.mu.Lock()
	c.values[k] = v
	c.mu.Unlock()
}

func (c *Config) Get(k string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.values[k]
}

func main() {
	c := Load([]string{"a", "b"})
	c.values["main"] = "still alone"
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 1000; i++ {
				c.Set("a", "x")
				c.Get("a")
			}
		})
	}
	wg.Wait()
	if c.values["a"] != "x" || len(c.values) != 3 {
		panic("lost")
	}
}
