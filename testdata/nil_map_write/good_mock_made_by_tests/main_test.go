package main

import "testing"

func TestGrow(t *testing.T) {
	mock := &mockScaler{sizes: map[string]int{}}
	grow(mock)
	if mock.sizes["a"] != 2 {
		t.Fatal(mock.sizes)
	}
}
