// Package batch handles several updates at a time.
package batch

// Process calls fn for the first update, and for those that have come since.
func Process(updates <-chan int, first int, fn func(int)) {
	if fn == nil {
		return
	}
	fn(first)
	for range 3 {
		select {
		case next, ok := <-updates:
			if ok {
				fn(next)
			}
		default:
			return
		}
	}
}
