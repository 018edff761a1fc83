// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

type Point struct{ X, Y int }

type Board struct{ occupied map[*Point]string }

func (b *Board) Put(x, y int, who string) { b.occupied[&Point{x, y}] = who } // want-related "GM404.*occupied"

func (b *Board) Remove(x, y int) {
	delete(b.occupied, &Point{x, y}) // want "GM404.*occupied"
}

func main() {
	b := &Board{occupied: map[*Point]string{}}
	b.Put(1, 1, "a")
	b.Put(1, 1, "b")
	b.Remove(1, 1)
	if len(b.occupied) != 0 {
		fmt.Println("entries left:", len(b.occupied))
		os.Exit(1)
	}
}
