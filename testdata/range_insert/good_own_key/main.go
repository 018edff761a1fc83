package main

type User struct {
	ID    string
	Score int
}

type Board struct{ users map[string]User }

func (b *Board) Add(u User) { b.users[u.ID] = u }

// Users are always stored under their ID: these are assignments to the current key.
func (b *Board) Raise() {
	for _, u := range b.users {
		u.Score++
		b.users[u.ID] = u
	}
	for _, u := range b.users {
		u.Score++
		b.Add(u)
	}
	for id, u := range b.users {
		key := id
		u.Score++
		b.users[key] = u
	}
}

func main() {
	b := &Board{users: map[string]User{}}
	b.Add(User{ID: "ann"})
	b.Add(User{ID: "bob"})
	b.Raise()
	if len(b.users) != 2 || b.users["ann"].Score != 3 {
		panic(b.users)
	}
}
