// fails: panic assignment to entry in nil map
package main

type Views struct{ short, long map[int]int }

func (v *Views) Ensure(keys []int) {
	missing := v.short == nil
	if missing {
		v.long = make(map[int]int)
	}
	for _, key := range keys {
		if missing {
			v.short[key] = 1 // want "GM401.*short"
		}
	}
}

func main() {
	(&Views{}).Ensure([]int{1})
}
