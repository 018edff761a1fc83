// fails: race

package main

import (
	"strconv"
	"sync"
)

var handlers = map[string]func() string{}

func Register(name string, h func() string) {
	handlers[name] = h // may "GM10[12].*handlers"
}

func dispatch(name string) string {
	if h, ok := handlers[name]; ok { // want "GM102.*handlers"
		return h()
	}
	return ""
}

func main() {
	Register("core", func() string { return "core" })
	var wg sync.WaitGroup
	for g := 0; g < 3; g++ {
		wg.Go(func() {
			for i := 0; i < 50000; i++ {
				dispatch("core")
			}
		})
	}
	for i := 0; i < 20000; i++ { // after the server is running
		Register("plugin"+strconv.Itoa(i), func() string { return "p" })
	}
	wg.Wait()
}
