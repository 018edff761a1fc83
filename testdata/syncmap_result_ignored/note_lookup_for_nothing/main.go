// note: a lookup whose results are dropped does nothing

package main

import "sync"

var names sync.Map

func touch(id int) {
	names.Load(id) // want "GM303.*names"
}

func main() {
	names.Store(1, "ann")
	touch(1)
}
