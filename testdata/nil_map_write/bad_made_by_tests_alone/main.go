// fails: panic assignment to entry in nil map

package main

type Scaler interface {
	Set(name string, size int)
}

type scaler struct {
	sizes map[string]int
}

func newScaler() Scaler {
	return &scaler{} // only the test makes the map
}

func (s *scaler) Set(name string, size int) {
	s.sizes[name] = size // want "GM401.*sizes"
}

func grow(s Scaler) { s.Set("a", 2) }

func main() {
	grow(newScaler())
}
