// fails: panic hash of unhashable type

package main

import "errors"

type list []string

func (l list) Error() string { return "many" }

func count(err error) int {
	seen := map[error]bool{}
	for err != nil && !seen[err] { // want "GM403.*seen"
		seen[err] = true
		err = errors.Unwrap(err)
	}
	return len(seen)
}

func main() {
	count(errors.New("one"))
	count(list{"a", "b"})
}
