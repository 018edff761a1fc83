package main

import (
	"bytes"
	"strconv"
	"sync"
)

var buffers sync.Map

// collect gets the parts of one request, one after the other.
func collect(request, part string, last bool) string {
	v, _ := buffers.LoadOrStore(request, &bytes.Buffer{})
	buffer := v.(*bytes.Buffer)
	buffer.WriteString(part)
	if !last {
		return ""
	}
	buffers.Delete(request)
	return buffer.String()
}

func main() {
	var wg sync.WaitGroup
	for id := range 4 {
		wg.Go(func() {
			request := strconv.Itoa(id)
			collect(request, "a", false)
			if collect(request, "b", true) != "ab" {
				panic("lost")
			}
		})
	}
	wg.Wait()
}
