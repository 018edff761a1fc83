package main

import "example.com/testdata/concurrent_map_read_write/good_filled_before_it_serves/server"

func main() {
	s := server.New()
	s.Run()
	for range 100 {
		s.Call("a")
	}
	s.Close()
}
