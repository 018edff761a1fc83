// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"sync"
)

type registry struct{ byName sync.Map }

var global registry

func main() {
	local := global // want "GM301.*registry"
	local.byName.Store("a", 1)
	if _, ok := global.byName.Load("a"); !ok {
		fmt.Println("the entry is in the copy only")
		os.Exit(1)
	}
}
