// fails: panic hash of unhashable type \[\]interface

package main

import (
	"encoding/json"
	"fmt"
)

func byID(text string) map[any]map[string]any {
	var rows []map[string]any
	if err := json.Unmarshal([]byte(text), &rows); err != nil {
		return nil
	}
	found := make(map[any]map[string]any)
	for _, row := range rows {
		found[row["id"]] = row // want "GM403.*found"
	}
	return found
}

func main() {
	fmt.Println(len(byID(`[{"id": "a"}, {"id": [1]}]`)))
}
