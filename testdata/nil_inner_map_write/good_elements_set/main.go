package main

import "fmt"

func fill(rows []map[string]string) {
	for i := range rows {
		rows[i] = map[string]string{}
	}
}

func table(n int) []map[string]string {
	rows := make([]map[string]string, n)
	fill(rows)
	for i := range rows {
		rows[i]["id"] = fmt.Sprint(i)
	}
	return rows
}

func lazily(words []string) int {
	var byLength [8]map[string]bool
	for _, word := range words {
		if byLength[len(word)%8] == nil {
			byLength[len(word)%8] = map[string]bool{}
		}
		byLength[len(word)%8][word] = true
	}
	return len(byLength)
}

func appended(n int) []map[int]int {
	rows := make([]map[int]int, 0, n)
	for i := range n {
		rows = append(rows, map[int]int{})
		rows[i][i] = i
	}
	return rows
}

func copied(given []map[int]int) []map[int]int {
	rows := make([]map[int]int, len(given))
	copy(rows, given)
	for i := range rows {
		rows[i][i]++
	}
	return rows
}

func main() {
	fmt.Println(len(table(3)), lazily([]string{"a"}), len(copied(appended(2))))
}
