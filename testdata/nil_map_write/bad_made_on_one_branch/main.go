// fails: panic assignment to entry in nil map

package main

import "os"

// Only one branch makes the map.
func labels(static map[string]string) map[string]string {
	var merged map[string]string
	if len(static) > 0 {
		merged = make(map[string]string, len(static))
	}
	for key, value := range static {
		merged[key] = value
	}
	merged["host"], _ = os.Hostname() // want "GM401.*merged"
	return merged
}

func main() {
	labels(map[string]string{"a": "b"})
	labels(nil)
}
