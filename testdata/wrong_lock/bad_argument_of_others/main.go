// fails: race

package main

import (
	"strconv"
	"sync"

	"example.com/testdata/wrong_lock/bad_argument_of_others/rules"
)

func main() {
	one, other := rules.NewRule(), rules.NewRule()
	one.Parse("a", 1)
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 1000 {
			other.Set(strconv.Itoa(i), i)
		}
	})
	for range 100 {
		rules.NewRule().Update(other)
	}
	wg.Wait()
}
