// fails: race

package main

import "example.com/testdata/concurrent_map_iteration/bad_awaited_by_the_starters_caller/info"

func main() {
	i := info.New()
	for n := range 200 {
		i.Add(n)
		i.Names()
	}
}
