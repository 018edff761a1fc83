// A set that also holds its members as values: what is visited is the key.
package main

type Timer struct{ stopped bool }

func main() {
	timers := map[*Timer]*Timer{}
	for range 5 {
		t := &Timer{}
		timers[t] = t
	}
	for _, t := range timers {
		t.stopped = true
		delete(timers, t)
	}
	if len(timers) > 0 {
		panic("some are left")
	}
}
