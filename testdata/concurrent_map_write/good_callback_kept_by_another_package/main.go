package main

import (
	"example.com/testdata/concurrent_map_write/good_callback_kept_by_another_package/bus"
	"example.com/testdata/concurrent_map_write/good_callback_kept_by_another_package/seen"
)

func main() {
	b := bus.New()
	s := seen.New(b)
	b.Start()
	for range 1000 {
		b.Publish("x")
		s.Reset("x")
	}
}
