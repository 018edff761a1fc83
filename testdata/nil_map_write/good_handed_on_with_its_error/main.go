package main

import "errors"

func read(words []string, into map[string]int) error {
	for _, word := range words {
		if word == "" {
			return errors.New("empty")
		}
		into[word]++
	}
	return nil
}

func count(words []string) (counts map[string]int, err error) {
	counts = make(map[string]int)
	if err = read(words, counts); err != nil {
		return nil, err
	}
	return counts, nil
}

func countAll(words ...string) (map[string]int, error) { return count(words) }

func withTotal(words ...string) (map[string]int, error) {
	counts, err := countAll(words...)
	if err != nil {
		return nil, err
	}
	counts["total"] = len(words)
	return counts, nil
}

func main() {
	counts, err := withTotal("a", "b")
	if err != nil {
		return
	}
	counts["c"] = 1
	if _, err := withTotal(""); err == nil {
		panic("wrong")
	}
}
