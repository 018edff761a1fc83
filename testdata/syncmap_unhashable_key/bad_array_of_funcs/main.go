// fails: panic hash of unhashable type

package main

import "sync"

type hooks [2]func()

type Registry struct{ m sync.Map }

func (r *Registry) Delete(h hooks) {
	r.m.Delete(h) // want "GM305.*hooks"
}

func main() {
	(&Registry{}).Delete(hooks{})
}
