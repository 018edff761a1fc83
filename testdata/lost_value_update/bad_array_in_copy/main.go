// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

type board struct{ cells [9]byte }

func mark(boards map[string]board, name string, cell int) {
	b, ok := boards[name]
	if !ok {
		return
	}
	b.cells[cell] = 'x' // want "GM406.*boards"
}

func main() {
	boards := map[string]board{"a": {}}
	mark(boards, "a", 4)
	if boards["a"].cells[4] != 'x' {
		fmt.Println("the mark is lost")
		os.Exit(1)
	}
}
