// fails: panic assignment to entry in nil map

package main

import "errors"

func count(words []string) (map[string]int, error) {
	if len(words) == 0 {
		return nil, errors.New("no words")
	}
	return map[string]int{}, nil
}

func countAll(words ...string) (map[string]int, error) { return count(words) }

func main() {
	counts, _ := countAll()
	counts["total"] = 0 // want "GM401.*counts"
}
