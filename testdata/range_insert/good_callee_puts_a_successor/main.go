package main

import (
	"fmt"
	"os"
)

type deadline struct{ open int }

type window struct {
	of   deadline
	runs int
}

type handler struct{ windows map[int]*window }

func (h *handler) add(d deadline) { h.windows[d.open] = &window{of: d} }

// reset puts another window in the place of one that has begun.
func (h *handler) reset(w *window) {
	if w.runs > 0 {
		w = &window{of: w.of}
		h.windows[w.of.open] = w
	}
}

func (h *handler) resetAll() {
	for _, w := range h.windows {
		h.reset(w)
	}
}

func main() {
	h := &handler{map[int]*window{}}
	for n := range 20 {
		h.add(deadline{n})
		h.windows[n].runs = n
	}
	h.resetAll()
	for n, w := range h.windows {
		if w.runs != 0 || len(h.windows) != 20 {
			fmt.Println("not reset:", n)
			os.Exit(1)
		}
	}
}
