// fails: panic assignment to entry in nil map

package main

func tally(pairs [][2]string) map[string]map[string]int {
	counts := make(map[string]map[string]int)
	for _, pair := range pairs {
		counts[pair[0]][pair[1]]++ // want "GM402.*counts"
	}
	return counts
}

func main() {
	tally([][2]string{{"a", "b"}})
}
