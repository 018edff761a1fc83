package main

import "sync"

type Users struct {
	mu     sync.Mutex
	byID   sync.Map
	online map[int]bool
}

// Writers take turns; readers of byID don't wait for them.
func (u *Users) Join(id int, name string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.byID.Store(id, name)
	u.online[id] = true
}

func (u *Users) Name(id int) any {
	name, _ := u.byID.Load(id)
	return name
}

func newUsers(names ...string) *Users {
	u := &Users{online: map[int]bool{}}
	for id, name := range names {
		u.byID.Store(id, name)
		u.online[id] = false
	}
	return u
}

func main() {
	u := newUsers("ann", "bob")
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 1000; i++ {
				u.Join(i, "ann")
				u.Name(i)
			}
		})
	}
	wg.Wait()
}
