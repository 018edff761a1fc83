// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"sync"
)

var subscribers sync.Map

func subscribe(topic string, id int) {
	var ids []int
	if v, ok := subscribers.Load(topic); ok {
		ids = v.([]int)
	}
	subscribers.Store(topic, append(ids[:len(ids):len(ids)], id)) // want "GM302.*subscribers"
}

func main() {
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 1000; i++ {
				subscribe("t", i)
			}
		})
	}
	wg.Wait()
	if v, _ := subscribers.Load("t"); len(v.([]int)) != 4000 {
		fmt.Println("subscribed 4000, kept", len(v.([]int)))
		os.Exit(1)
	}
}
