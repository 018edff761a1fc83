// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
)

// Since the range assigns to a variable declared before, there is one for all, in all versions of Go.
func lengths(words map[string]bool) int {
	var mu sync.Mutex
	var start, done sync.WaitGroup
	seen := map[string]bool{}
	var word string
	start.Add(1)
	for word = range words {
		done.Add(1)
		go func() {
			defer done.Done()
			start.Wait()
			mu.Lock()
			defer mu.Unlock()
			seen[word] = true // want "GM204.*word"
		}()
	}
	start.Done()
	done.Wait()
	return len(seen)
}

func main() {
	words := map[string]bool{}
	for i := 0; i < 20; i++ {
		words[strconv.Itoa(i)] = true
	}
	if n := lengths(words); n != 20 {
		fmt.Println("only", n, "of 20 words seen")
		os.Exit(1)
	}
}
