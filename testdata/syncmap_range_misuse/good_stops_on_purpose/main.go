package main

import "sync"

var things sync.Map

func empty() bool {
	none := true
	things.Range(func(_, _ any) bool {
		none = false
		return false
	})
	return none
}

func anyKey() (found any) {
	things.Range(func(key, _ any) bool {
		found = key
		return false
	})
	return found
}

func length() (n int) {
	things.Range(func(_, _ any) bool {
		n++
		return true
	})
	return n
}

func has(wanted string) (found bool) {
	things.Range(func(_, value any) bool {
		found = value == wanted
		return !found
	})
	return found
}

func clean() {
	things.Range(func(key, value any) bool {
		if value == "" {
			things.Delete(key)
		}
		return true
	})
}

func main() {
	if !empty() || anyKey() != nil {
		panic("not empty")
	}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			things.Store(g, "a")
			clean()
		})
	}
	wg.Wait()
	if empty() || anyKey() == nil || length() != 4 || !has("a") {
		panic("wrong")
	}
}
