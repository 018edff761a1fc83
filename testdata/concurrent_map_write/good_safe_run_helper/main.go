package main

import "strconv"

func rescue() { _ = recover() }

func runSafe(fn func()) {
	defer rescue()
	fn()
}

func doSafe(fn func()) { runSafe(fn) }

func main() {
	out := map[string]int{}
	for i := 0; i < 2000; i++ {
		doSafe(func() { out[strconv.Itoa(i)] = i })
	}
	println(len(out))
}
