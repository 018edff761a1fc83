package main

import "fmt"

type Rules struct {
	ports map[int]string
	table string
}

func main() {
	fmt.Println(newRules().table)
}
