// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"sync"
)

type UserID int64

type Users struct{ m sync.Map }

func (u *Users) Put(id UserID, name string) { u.m.Store(id, name) } // may "GM308"

func (u *Users) Get(id int64) (any, bool) {
	return u.m.Load(id) // want "GM308"
}

func main() {
	u := &Users{}
	u.Put(1, "ann")
	if _, ok := u.Get(1); !ok {
		fmt.Println("key 1 is never found")
		os.Exit(1)
	}
}
