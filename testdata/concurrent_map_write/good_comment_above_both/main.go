// One of the files is no number, and a comment says why only its goroutine writes.
package main

import (
	"fmt"
	"strconv"
	"sync"
)

func fetch(files []string) int {
	sizes := map[string]int{"journal": 1}
	var wg sync.WaitGroup
	for _, file := range files {
		wg.Go(func() {
			size, err := strconv.Atoi(file)
			if err == nil {
				return
			}
			// We can do this safely here: only one goroutine gets a file whose name is no number.
			delete(sizes, "journal")
			sizes[file] = size
		})
	}
	wg.Wait()
	return len(sizes)
}

func main() {
	fmt.Println(fetch([]string{"1", "2", "a", "3"}))
}
