// fails: race

package main

import (
	"sync"

	"example.com/testdata/inconsistent_lock/bad_new_one_by_key/server"
)

func main() {
	handler := server.NewHandler()
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 2000 {
				handler.NewConnection(g*10000 + i)
				handler.WithConnections(func(int) {})
				handler.Closed(g*10000 + i)
			}
		})
	}
	wg.Wait()
}
