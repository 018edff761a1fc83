package main

// The name is the same, the map is another one.
func main() {
	m := map[int]int{1: 1, 2: 2, 3: 3}
	kept := map[int]map[int]int{}
	for k := range m {
		m := map[int]int{k: k, k + 1: k}
		delete(m, k+1)
		kept[k] = m
	}
	if len(m) != 3 || len(kept) != 3 {
		panic("lost")
	}
}
