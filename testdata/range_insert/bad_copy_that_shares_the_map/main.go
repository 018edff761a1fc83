// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"strconv"
)

type Spec struct{ payload map[string]int }

func resolved(spec Spec) Spec {
	result := spec
	for name, value := range spec.payload {
		result.payload["own "+name] = value // want "GM202.*payload"
	}
	return result
}

func main() {
	sizes := map[int]bool{}
	for range 200 {
		spec := Spec{map[string]int{}}
		for i := range 20 {
			spec.payload[strconv.Itoa(i)] = i
		}
		sizes[len(resolved(spec).payload)] = true
	}
	if len(sizes) > 1 {
		fmt.Println("sizes:", len(sizes))
		os.Exit(1)
	}
}
