// fails: panic hash of unhashable type

package main

type Event struct{ Payload any }

// The dynamic type decides: []byte is not hashable.
func dedup(events []Event) int {
	seen := map[any]bool{}
	for _, e := range events {
		seen[e.Payload] = true // want "GM403"
	}
	return len(seen)
}

func main() {
	dedup([]Event{{"a"}, {1}, {[]byte("x")}})
}
