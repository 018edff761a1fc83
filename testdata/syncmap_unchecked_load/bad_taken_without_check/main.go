// fails: panic interface conversion

package main

import (
	"fmt"
	"sync"
)

type Jobs struct{ m sync.Map }

func (j *Jobs) Take(id string) int {
	v, _ := j.m.LoadAndDelete(id)
	return v.(int) // want "GM307.*id"
}

func main() {
	j := &Jobs{}
	j.m.Store("a", 1)
	fmt.Println(j.Take("a"))
	fmt.Println(j.Take("a"))
}
