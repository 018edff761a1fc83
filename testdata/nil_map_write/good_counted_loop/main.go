package main

import "fmt"

func fill(squares map[int]int, n int) {
	for i := 0; i < n; i++ {
		squares[i] = i * i
	}
}

func main() {
	squares := make(map[int]int)
	fill(squares, 3)
	fmt.Println(squares)
}
