// fails: race

package main

import "sync"

type Users struct {
	byID   sync.Map
	online map[int]bool
}

func (u *Users) Join(id int, name string) {
	u.byID.Store(id, name)
	u.online[id] = true // want "GM311.*online"
}

func (u *Users) Leave(id int) {
	delete(u.online, id) // want "GM311.*online"
	u.byID.Delete(id)
}

func main() {
	u := &Users{online: map[int]bool{}}
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 5000; i++ {
				u.Join(i, "ann")
				u.Leave(i)
			}
		})
	}
	wg.Wait()
}
