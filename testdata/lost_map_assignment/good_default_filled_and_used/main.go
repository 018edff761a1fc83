package main

import "fmt"

func withDefaults(options map[string]string) map[string]string {
	if options == nil {
		options = make(map[string]string)
	}
	options["mode"] = "fast"
	return options
}

func run(options map[string]string) {
	if options == nil {
		options = map[string]string{}
	}
	options["mode"] = "fast"
	for name, value := range options {
		fmt.Println(name, value)
	}
}

func main() {
	fmt.Println(withDefaults(nil)["mode"])
	run(nil)
}
