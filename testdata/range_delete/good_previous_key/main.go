package main

// Only keys that have been visited are deleted, one step later.
func drain(m map[int]int) (sum int) {
	last := 0
	for k, v := range m {
		if last != 0 {
			delete(m, last)
		}
		sum += v
		last = k
	}
	delete(m, last)
	return sum
}

func main() {
	for r := 0; r < 200; r++ {
		m := map[int]int{}
		for i := 1; i <= 100; i++ {
			m[i] = i
		}
		if drain(m) != 5050 || len(m) != 0 {
			panic("skipped")
		}
	}
}
