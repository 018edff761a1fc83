// fails: panic assignment to entry in nil map

package main

import "fmt"

func fill(squares map[int]int, n int) {
	for i := 0; i < n; i++ {
		squares[i] = i * i
	}
}

func main() {
	var squares map[int]int
	fill(squares, 3) // want "GM401.*squares"
	fmt.Println(squares)
}
