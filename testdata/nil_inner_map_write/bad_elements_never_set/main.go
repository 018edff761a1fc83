// fails: panic assignment to entry in nil map

package main

import "fmt"

func table(n int) []map[string]string {
	rows := make([]map[string]string, n)
	for i := range rows {
		rows[i]["id"] = fmt.Sprint(i) // want "GM402.*rows"
	}
	return rows
}

func lengths(words []string) int {
	var byLength [8]map[string]bool
	for _, word := range words {
		byLength[len(word)%8][word] = true // want "GM402.*byLength"
	}
	return len(byLength)
}

func main() {
	defer lengths([]string{"a"})
	table(3)
}
