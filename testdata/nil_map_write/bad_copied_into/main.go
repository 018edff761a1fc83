// fails: panic assignment to entry in nil map

package main

import "maps"

func main() {
	defaults := map[string]string{"mode": "fast"}
	var options map[string]string
	maps.Copy(options, defaults) // want "GM401.*options"
}
