// fails: panic hash of unhashable type

package main

func main() {
	seen := map[any]int{}
	seen[[]string{"a", "b"}]++ // want "GM403.*seen"
}
