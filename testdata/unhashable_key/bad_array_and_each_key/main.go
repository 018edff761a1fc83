// fails: panic hash of unhashable type

package main

import "fmt"

// seen tells whether a lookup or change panics.
func panics(f func()) (did bool) {
	defer func() { did = recover() != nil }()
	f()
	return false
}

func main() {
	m := map[any]int{}
	for _, f := range []func(){
		func() { delete(m, []int{1}) },              // want "GM403.*m"
		func() { fmt.Println(m[map[int]int{}]) },    // want "GM403.*m"
		func() { m[[2]any{1, []int{1}}] = 3 },       // want "GM403.*m"
		func() { m[struct{ v any }{[]byte("")}]++ }, // want "GM403.*m"
	} {
		if !panics(f) {
			fmt.Println("no panic")
			return
		}
	}
	m[[]string{"a"}] = 1 // want "GM403.*m"
}
