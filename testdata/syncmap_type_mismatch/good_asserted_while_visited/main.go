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
		if text, ok := id.(string); ok {
			found = append(found, text)
		}
		switch id := id.(type) {
		case string:
			found = append(found, id)
		case int:
			found = append(found, fmt.Sprint(id)+one.(*user).name)
		}
		return true
	})
	return found
}

func main() {
	var u users
	u.add(1, "ann")
	fmt.Println(u.names())
}
