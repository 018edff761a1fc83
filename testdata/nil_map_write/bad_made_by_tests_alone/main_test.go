package main

import "testing"

func TestGrow(t *testing.T) {
	one := &scaler{sizes: map[string]int{}}
	grow(one)
	if one.sizes["a"] != 2 {
		t.Fatal(one.sizes)
	}
}
