// A handler serves a map of its own; that the same type has a method which writes says nothing about this object.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
)

// Histogram is for one goroutine at a time.
type Histogram struct {
	buckets map[int]int
}

// Add counts a value.
func (h *Histogram) Add(value int) {
	if h.buckets == nil {
		h.buckets = map[int]int{}
	}
	h.buckets[value]++
}

func (h *Histogram) sum() int {
	total := 0
	for _, count := range h.buckets {
		total += count
	}
	return total
}

// Page shows a histogram that is complete.
type Page struct {
	shown *Histogram
}

// ServeHTTP shows the sum.
func (p *Page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	fmt.Fprint(w, p.shown.sum())
}

func main() {
	h := &Histogram{}
	for i := range 10 {
		h.Add(i % 3)
	}
	p := &Page{shown: h}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			p.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
		}()
	}
	wg.Wait()
}
