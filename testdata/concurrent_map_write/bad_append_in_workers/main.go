// fails: race

package main

import (
	"fmt"
	"strconv"
	"sync"
)

type Event struct{ Topic, Msg string }

func group(events []Event, workers int) map[string][]string {
	out := map[string][]string{}
	ch := make(chan Event, 100)
	var wg sync.WaitGroup
	for w := 0; w < workers; w++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for e := range ch {
				out[e.Topic] = append(out[e.Topic], e.Msg) // want "GM101.*out"
			}
		}()
	}
	for _, e := range events {
		ch <- e
	}
	close(ch)
	wg.Wait()
	return out
}

func main() {
	events := make([]Event, 100000)
	for i := range events {
		events[i] = Event{strconv.Itoa(i % 10), "m"}
	}
	n := 0
	for _, l := range group(events, 4) {
		n += len(l)
	}
	if n != len(events) {
		fmt.Printf("%d of %d messages kept\n", n, len(events))
	}
}
