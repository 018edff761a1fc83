// fails: panic assignment to entry in nil map

package main

import "errors"

func parse(text string) (map[string]string, error) {
	if text == "" {
		return nil, errors.New("empty")
	}
	return map[string]string{"text": text}, nil
}

func main() {
	options, _ := parse("")
	options["mode"] = "fast" // want "GM401.*options"
}
