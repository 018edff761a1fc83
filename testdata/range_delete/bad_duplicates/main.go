// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

// Of two names for one address, the one that is visited first stays.
func dedupe(addrs map[string]string) {
	for name, addr := range addrs {
		for other, same := range addrs {
			if other != name && same == addr {
				delete(addrs, other) // want "GM201 .*another key.*addrs"
			}
		}
	}
}

func main() {
	kept := map[string]int{}
	for r := 0; r < 1000; r++ {
		addrs := map[string]string{"a": "10.0.0.1", "b": "10.0.0.1"}
		dedupe(addrs)
		kept[fmt.Sprint(addrs)]++
	}
	if len(kept) > 1 {
		fmt.Println("kept, by how often:", kept)
		os.Exit(1)
	}
}
