package main

import (
	"fmt"
	"os"

	"example.com/testdata/unguarded_memo/good_registered_by_name/drivers"
)

func main() {
	if old := drivers.Put("disk", drivers.Driver{Size: 4}); old != (drivers.Driver{}) || drivers.Put("disk", old).Size != 4 {
		fmt.Println("not what was put")
		os.Exit(1)
	}
}
