// fails: panic interface conversion: interface .* is nil

package main

import (
	"sync"
)

type Users struct{ m sync.Map }

func (u *Users) Name(id int) string {
	v, _ := u.m.Load(id)
	return v.(string) // want "GM307"
}

func main() {
	u := &Users{}
	u.m.Store(1, "ann")
	_ = u.Name(1)
	_ = u.Name(2)
}
