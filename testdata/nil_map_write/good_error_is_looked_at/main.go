package main

import (
	"errors"
	"fmt"
)

func parse(text string) (map[string]string, error) {
	if text == "" {
		return nil, errors.New("empty")
	}
	return map[string]string{"text": text}, nil
}

func find(name string) (map[string]string, bool) {
	if name == "" {
		return nil, false
	}
	return map[string]string{"name": name}, true
}

func main() {
	options, err := parse("a")
	if err != nil {
		panic(err)
	}
	options["mode"] = "fast"
	if found, ok := find("a"); ok {
		found["mode"] = "fast"
	}
	found, ok := find("b")
	if !ok {
		return
	}
	found["mode"] = "slow"
	fmt.Println(options, found)
}
