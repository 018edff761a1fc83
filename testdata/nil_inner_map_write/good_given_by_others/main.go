package main

import "fmt"

func raise(limits map[string]map[string]int, user string) {
	limits[user]["max"]++
}

func fill(limits map[string]map[string]int) {
	limits["ann"] = map[string]int{}
}

func main() {
	limits := map[string]map[string]int{}
	fill(limits)
	limits["ann"]["min"] = 1
	raise(limits, "ann")
	fmt.Println(limits)
}
