// fails: panic assignment to entry in nil map

package main

func transaction(body func(key string), reset func()) {
	reset() // a retry starts from nothing
	body("a")
}

func main() {
	found := make(map[string]bool)
	transaction(func(key string) {
		found[key] = true // want "GM401.*found"
	}, func() {
		found = nil
	})
}
