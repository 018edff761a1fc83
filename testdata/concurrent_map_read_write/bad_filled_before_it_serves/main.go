// fails: race

package main

import "example.com/testdata/concurrent_map_read_write/bad_filled_before_it_serves/server"

func main() {
	s := server.New()
	s.Run()
	for range 100 {
		s.Add()
		s.Call("a")
	}
	s.Close()
}
