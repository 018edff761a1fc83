// fails: panic interface conversion: interface \{\} is int, not string

package main

import (
	"fmt"
	"sync"
)

type user struct{ name string }

type users struct{ byID sync.Map }

func (u *users) add(id int, name string) { u.byID.Store(id, &user{name}) }

func (u *users) names() (found []string) {
	u.byID.Range(func(id, one any) bool {
		found = append(found, id.(string)+one.(*user).name) // want "GM308.*byID"
		return true
	})
	return found
}

func main() {
	var u users
	u.add(1, "ann")
	fmt.Println(u.names())
}
