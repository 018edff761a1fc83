// The flag was computed when the map was nil, and stays what it was when the map is made.
package main

type Views struct{ short, long map[int]int }

func (v *Views) Ensure(limit int, keys []int) bool {
	short := limit <= 24 && v.short == nil
	long := limit > 8 && v.long == nil
	if !short && !long {
		return true
	}
	if short {
		v.short = make(map[int]int)
	}
	if long {
		v.long = make(map[int]int)
	}
	for _, key := range keys {
		if short {
			v.short[key] = limit
		}
		if long {
			v.long[key] = limit
		}
	}
	return false
}

func main() {
	v := &Views{}
	v.Ensure(10, []int{1})
	v.Ensure(30, []int{1})
}
