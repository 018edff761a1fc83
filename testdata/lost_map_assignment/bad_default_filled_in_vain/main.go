// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

func addDefaults(options map[string]string) {
	if options == nil {
		options = make(map[string]string) // want "GM408.*options"
	}
	options["mode"] = "fast"
}

func main() {
	var options map[string]string
	addDefaults(options)
	if options["mode"] != "fast" {
		fmt.Println("no mode")
		os.Exit(1)
	}
}
