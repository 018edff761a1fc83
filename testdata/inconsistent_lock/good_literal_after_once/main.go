// ok
// Who has got the function that takes the name away has come past the sync.Once.
package main

import "sync"

var (
	mu    sync.Mutex
	once  sync.Once
	known = map[string]string{}
)

func populate() {
	known["a"] = "1"
	known["b"] = "2"
}

// Register returns what takes the name away again.
func Register(name, value string) func() {
	once.Do(populate)
	mu.Lock()
	defer mu.Unlock()
	known[name] = value
	return func() {
		mu.Lock()
		defer mu.Unlock()
		delete(known, name)
	}
}

func main() {
	var wg sync.WaitGroup
	for _, name := range []string{"c", "d", "e"} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 200 {
				Register(name, "3")()
			}
		}()
	}

	wg.Wait()
}
