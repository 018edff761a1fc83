// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

func total(prices map[string]float64) (sum float64) {
	for _, price := range prices {
		sum += price // want "GM205.*sum"
	}
	return sum
}

func main() {
	prices := map[string]float64{"a": 1e16, "b": 1, "c": 1.1, "d": -1e16, "e": 3}
	sums := map[float64]int{}
	for r := 0; r < 1000; r++ {
		sums[total(prices)]++
	}
	if len(sums) > 1 {
		fmt.Println("sums, by how often:", sums)
		os.Exit(1)
	}
}
