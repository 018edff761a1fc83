// fails: panic assignment to entry in nil map
package main

func fill(rounds, users int) map[int]map[int]int {
	byUser := map[int]map[int]int{}
	for i := 0; i < rounds; i++ {
		for user := 0; user < users; user++ {
			if i == 1 {
				byUser[user] = map[int]int{}
			}
			byUser[user][i] = i // want "GM402.*byUser"
		}
	}
	return byUser
}

func main() {
	fill(3, 2)
}
