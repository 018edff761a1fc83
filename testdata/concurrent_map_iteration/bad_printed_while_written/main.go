// fails: race

package main

import (
	"fmt"
	"io"
	"sync"
)

func main() {
	status := map[int]string{}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 20000; i++ {
			status[i%200] = "ok" // may "GM103.*status"
		}
	})
	for i := 0; i < 200; i++ {
		fmt.Fprintf(io.Discard, "%v\n", status) // want "GM10[23].*status"
	}
	wg.Wait()
}
