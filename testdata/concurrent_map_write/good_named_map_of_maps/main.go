package main

import (
	"fmt"
	"sync"
)

type pod struct{ namespace, name string }

// tables are lists of maps: each goroutine has one for itself.
type tables []map[string]int

func tablesOf(pods []pod) tables {
	found := make(tables, len(pods))
	var wg sync.WaitGroup
	for i, one := range pods {
		found[i] = map[string]int{}
		wg.Go(func() {
			found[i][one.name] = len(one.name)
		})
	}
	wg.Wait()
	return found
}

func main() {
	var pods []pod
	for i := range 2_000 {
		pods = append(pods, pod{"system", fmt.Sprint("pod-", i)})
	}
	fmt.Println(len(tablesOf(pods)))
}
