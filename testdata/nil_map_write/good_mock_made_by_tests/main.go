package main

import "fmt"

type Scaler interface {
	Set(name string, size int)
}

// mockScaler is for tests, which make it.
type mockScaler struct {
	sizes map[string]int
}

func (m *mockScaler) Set(name string, size int) {
	m.sizes[name] = size
}

type printer struct{}

func (printer) Set(name string, size int) { fmt.Println(name, size) }

func grow(s Scaler) { s.Set("a", 2) }

func main() {
	grow(printer{})
}
