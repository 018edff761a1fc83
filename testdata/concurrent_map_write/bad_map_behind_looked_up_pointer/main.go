// fails: race

package main

import (
	"strconv"
	"sync"
)

type User struct {
	Name string
	Tags map[string]bool
}

type Users struct {
	mu   sync.Mutex
	byID map[int]*User
}

func (u *Users) Get(id int) *User {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.byID[id] // may "GM106"
}

func main() {
	us := &Users{byID: map[int]*User{1: {Name: "a", Tags: map[string]bool{}}}}
	var wg sync.WaitGroup
	for w := 0; w < 4; w++ {
		wg.Go(func() {
			for i := 0; i < 30000; i++ {
				us.Get(1).Tags[strconv.Itoa(i%50)] = true // want "GM10[146].*Tags"
			}
		})
	}
	wg.Wait()
}
