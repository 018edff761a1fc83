package main

import (
	"fmt"
	"runtime"
	"sync"
)

// Testing is what a test gives its helpers.
type Testing interface {
	Fatalf(format string, args ...any)
}

type stopping struct{}

func (stopping) Fatalf(format string, args ...any) {
	fmt.Printf(format+"\n", args...)
	runtime.Goexit()
}

var built sync.Map

func pathOf(t Testing, version string) string {
	path, ok := built.Load(version)
	if !ok {
		t.Fatalf("version %q was not built", version)
	}
	return path.(string)
}

func main() {
	built.Store("1.0", "/opt/one")
	fmt.Println(pathOf(stopping{}, "1.0"))
	var wg sync.WaitGroup
	wg.Go(func() { pathOf(stopping{}, "2.0") })
	wg.Wait()
}
