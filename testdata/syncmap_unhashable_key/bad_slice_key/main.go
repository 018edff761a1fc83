// fails: panic hash of unhashable type

package main

import "sync"

var seen sync.Map

func first(payload []byte) bool {
	_, loaded := seen.LoadOrStore(payload, true) // want "GM305.*byte"
	return !loaded
}

func main() {
	first([]byte("a"))
}
