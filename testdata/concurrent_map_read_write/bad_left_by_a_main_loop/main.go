// fails: race

package main

import (
	"context"
	"time"

	"example.com/testdata/concurrent_map_read_write/bad_left_by_a_main_loop/probe"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	probe.New([]string{"a", "b", "c"}).Start(ctx)
}
