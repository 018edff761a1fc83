package main

import (
	"errors"
	"fmt"
	"sync"
)

var ids sync.Map

func toInt(v any) (int, error) {
	if n, ok := v.(int); ok {
		return n, nil
	}
	return 0, errors.New("no number")
}

// A cache: whoever finds an entry takes it, and all store the same.
func idOf(name string) (int, error) {
	if id, ok := ids.Load(name); ok {
		return toInt(id)
	}
	if name == "" {
		return 0, errors.New("no name")
	}
	ids.Store(name, len(name))
	return len(name), nil
}

func main() {
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if _, err := idOf("ann"); err != nil {
				fmt.Println(err)
			}
		}()
	}
	wg.Wait()
	fmt.Println(idOf("ann"))
}
