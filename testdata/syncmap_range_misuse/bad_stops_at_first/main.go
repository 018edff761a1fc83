// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"sync"
)

var subscribers sync.Map

func publish(message string) {
	subscribers.Range(func(_, value any) bool { // want "GM310.*subscribers"
		value.(chan string) <- message
		return false
	})
}

func main() {
	inboxes := make([]chan string, 10)
	for i := range inboxes {
		inboxes[i] = make(chan string, 1)
		subscribers.Store(i, inboxes[i])
	}
	publish("hello")
	delivered := 0
	for _, inbox := range inboxes {
		delivered += len(inbox)
	}
	if delivered != 10 {
		fmt.Println("delivered to", delivered, "of 10")
		os.Exit(1)
	}
}
