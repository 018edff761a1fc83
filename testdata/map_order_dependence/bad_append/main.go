// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"strings"
)

type Schema struct{ cols map[string]string }

func (s *Schema) CreateSQL() string {
	var parts []string
	for name, typ := range s.cols {
		parts = append(parts, name+" "+typ) // want "GM205"
	}
	return "CREATE TABLE t (" + strings.Join(parts, ", ") + ")"
}

func main() {
	s := &Schema{cols: map[string]string{"id": "int", "name": "text", "age": "int"}}
	out := map[string]int{}
	for r := 0; r < 1000; r++ {
		out[s.CreateSQL()]++
	}
	if len(out) > 1 {
		fmt.Println(len(out), "different statements over 1000 runs")
		os.Exit(1)
	}
}
