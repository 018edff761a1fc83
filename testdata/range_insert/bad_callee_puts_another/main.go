// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
)

type window struct{ open, runs int }

type handler struct{ windows map[int]*window }

func (h *handler) add(open int) { h.windows[open] = &window{open: open} }

// follow puts another window behind one that has ended.
func (h *handler) follow(w *window, by int) {
	next := &window{open: w.open + by, runs: w.runs + 1}
	h.windows[w.open+by] = next
}

func (h *handler) followAll() {
	for _, w := range h.windows {
		h.follow(w, 1000) // want "GM202.*windows.*handler.follow"
	}
}

func main() {
	for range 100 {
		h := &handler{map[int]*window{}}
		for n := range 20 {
			h.add(n)
		}
		h.followAll()
		if len(h.windows) != 40 {
			fmt.Println("windows:", len(h.windows))
			os.Exit(1)
		}
	}
}
