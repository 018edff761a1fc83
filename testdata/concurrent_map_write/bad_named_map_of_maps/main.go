// fails: race

package main

import (
	"fmt"
	"sync"
)

type pod struct{ namespace, name string }

// dumps are by namespace, and in it by name.
type dumps map[string]map[string]int

func dumpsOf(pods []pod) dumps {
	found := make(dumps)
	for _, one := range pods {
		if found[one.namespace] == nil {
			found[one.namespace] = map[string]int{}
		}
	}
	var wg sync.WaitGroup
	for _, one := range pods {
		wg.Go(func() {
			found[one.namespace][one.name] = len(one.name) // want "GM101"
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
	fmt.Println(len(dumpsOf(pods)["system"]))
}
