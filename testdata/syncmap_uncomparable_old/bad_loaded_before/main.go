// fails: panic comparing uncomparable type

package main

import "sync"

type record struct{ tags []string }

var records sync.Map

func set(id int, tags ...string) {
	records.Store(id, record{tags})
}

func forget(id int) {
	old, ok := records.Load(id)
	if ok {
		records.CompareAndDelete(id, old) // want "GM306.*record"
	}
}

func main() {
	set(1, "a")
	forget(1)
}
