package main

import "example.com/testdata/inconsistent_lock/good_inner_object_by_request/names"

func main() {
	c := names.New()
	c.Run()
	for range 2_000 {
		c.Known()
	}
	c.Wait()
}
