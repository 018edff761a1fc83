package main

import "sync"

var (
	mu     sync.Mutex
	buffer = map[int]int{}
)

type options struct {
	scale  int
	smooth bool
}

// draw goes by way of the buffer if it has to be smooth.
func draw(n int, o *options) {
	if o != nil && o.smooth {
		drawSmoothly(n, o)
		return
	}
	println(n)
}

func drawSmoothly(n int, o *options) {
	mu.Lock()
	defer mu.Unlock()
	buffer[n] = n * o.scale
	plain := &options{}
	plain.scale = o.scale
	draw(buffer[n], plain)
}

func main() {
	draw(1, &options{scale: 2, smooth: true})
}
