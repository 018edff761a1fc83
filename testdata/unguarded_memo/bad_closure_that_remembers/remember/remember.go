// Package remember spares those who ask again.
package remember

// Lengths remembers what measure has found.
func Lengths(measure func(string) int) func(string) int {
	found := map[string]int{}
	return func(text string) int {
		if n, ok := found[text]; ok {
			return n
		}
		n := measure(text)
		found[text] = n // want "GM112.*Lengths.func1 looks a key up in found"
		return n
	}
}
