// fails: panic assignment to entry in nil map

package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

type Config struct {
	Name  string
	Rules struct{ Allow map[string]bool }
}

func load(text string) (*Config, error) {
	config := &Config{}
	if err := json.NewDecoder(strings.NewReader(text)).Decode(config); err != nil {
		return nil, err
	}
	config.Rules.Allow["admin"] = true // want "GM401.*Allow"
	return config, nil
}

func main() {
	fmt.Println(load(`{"Rules": {"Allow": {}}}`))
	fmt.Println(load(`{"Name": "a"}`))
}
