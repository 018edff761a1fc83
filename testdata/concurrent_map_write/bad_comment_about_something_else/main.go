// fails: race
// A comment says that reading a name is safe, not that writing is.
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
			// Names are read safely here, since nobody changes them.
			size, err := strconv.Atoi(file)
			if err == nil {
				return
			}
			delete(sizes, "journal") // want "GM101"
			sizes[file] = size       // may "GM101"
		})
	}
	wg.Wait()
	return len(sizes)
}

func main() {
	fmt.Println(fetch([]string{"a", "b", "c", "d", "e", "f"}))
}
