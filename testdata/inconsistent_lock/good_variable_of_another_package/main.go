package main

import (
	"strconv"
	"sync"

	"example.com/testdata/inconsistent_lock/good_variable_of_another_package/codes"
	"example.com/testdata/inconsistent_lock/good_variable_of_another_package/lookup"
)

func main() {
	var wg sync.WaitGroup
	wg.Go(func() {
		for n := range 5000 {
			codes.Put(strconv.Itoa(n), n)
		}
	})
	wg.Go(func() {
		for range 5000 {
			lookup.Find("7")
		}
	})
	wg.Wait()
}
