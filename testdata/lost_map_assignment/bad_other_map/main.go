// misbehaves: exit 1

package main

import (
	"encoding/json"
	"fmt"
	"os"
)

type Labels map[string]string

// Load is meant to fill the receiver.
func (l Labels) Load(text []byte) error {
	read := Labels{}
	if err := json.Unmarshal(text, &read); err != nil {
		return err
	}
	l = read // want "GM408.*\\bl\\b"
	return nil
}

func main() {
	labels := Labels{}
	if err := labels.Load([]byte(`{"a": "b"}`)); err != nil || len(labels) == 0 {
		fmt.Println("nothing was loaded", err)
		os.Exit(1)
	}
}
