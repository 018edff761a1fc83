package main

type Users struct{ names map[int]string }

func (u *Users) Remove(gone int) {
	for id := range u.names {
		if id == gone {
			delete(u.names, gone)
		}
	}
}

func (u *Users) RemoveNamed(name string) {
	for id, n := range u.names {
		this := id
		if n != name {
			continue
		}
		delete(u.names, this)
	}
}

func main() {
	u := &Users{map[int]string{1: "ann", 2: "bob", 3: "bob"}}
	u.Remove(1)
	u.RemoveNamed("bob")
	if len(u.names) != 0 {
		panic(u.names)
	}
}
