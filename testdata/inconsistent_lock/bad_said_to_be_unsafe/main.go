// fails: race

package main

import (
	"sync"

	"example.com/testdata/inconsistent_lock/bad_said_to_be_unsafe/db"
)

func main() {
	d := db.New()
	d.Put(1)
	var readers sync.WaitGroup
	for n := range 50 {
		readers.Go(func() { d.Put(n) })
	}
	d.Commit()
	readers.Wait()
}
