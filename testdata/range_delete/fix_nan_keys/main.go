// Where keys may be NaN, clear does more than the loop: the rewrite is there, but not safe.
package main

import "fmt"

type point struct{ x, y float64 }

func main() {
	byValue := map[float64]int{1: 1}
	byPoint := map[point]int{{1, 2}: 1}
	byAny := map[any]int{"a": 1}
	byArray := map[[2]complex64]int{{1, 2}: 1}
	byPointer := map[*point]int{{1, 2}: 1}
	for k := range byValue {
		delete(byValue, k)
	}
	for k := range byPoint {
		delete(byPoint, k)
	}
	for k := range byAny {
		delete(byAny, k)
	}
	for k := range byArray {
		delete(byArray, k)
	}
	for k := range byPointer {
		delete(byPointer, k)
	}
	fmt.Println(len(byValue), len(byPoint), len(byAny), len(byArray), len(byPointer))
}
