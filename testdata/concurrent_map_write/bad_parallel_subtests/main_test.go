// fails: race

package main

import (
	"fmt"
	"testing"
)

func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for i := 0; i < 64; i++ {
		name := fmt.Sprint("case", i)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for j := 0; j < 5000; j++ {
				seen[fmt.Sprint(name, j%20)] = true // want "GM101.*seen"
			}
		})
	}
}
