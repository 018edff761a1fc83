// fails: race

package main

import (
	"strconv"

	"example.com/testdata/concurrent_map_read_write/bad_goroutine_for_each_key/hooks"
)

func main() {
	h := hooks.New()
	for i := range 200 {
		h.Register(strconv.Itoa(i))
	}
	for i := range 200 {
		h.Send(strconv.Itoa(i), "hello")
	}
	h.Close()
}
