// fails: panic assignment to entry in nil map

package main

func collect(into map[string]int, words ...string) {
	for _, word := range words {
		into[word]++
	}
	into["total"] += len(words)
}

func main() {
	collect(map[string]int{}, "a")
	collect(nil, "a") // want "GM401.*collect"
}
