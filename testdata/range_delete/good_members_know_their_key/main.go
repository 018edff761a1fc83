package main

type Credentials struct{ key, parent string }

type User struct{ credentials Credentials }

type Lock struct {
	name string
	age  int
}

func dropChildren(users map[string]User, parent string) {
	for _, user := range users {
		c := user.credentials
		if c.parent == parent {
			delete(users, c.key)
		}
	}
}

func expire(locks map[string][]Lock) (visits int) {
	for _, held := range locks {
		visits++
		for i := 0; i < len(held); i++ {
			lock := &held[i]
			if lock.age > 3 {
				delete(locks, lock.name)
				break
			}
		}
	}
	return visits
}

func main() {
	users := map[string]User{}
	for _, key := range []string{"a", "b"} {
		users[key] = User{Credentials{key: key, parent: "root"}}
	}
	dropChildren(users, "root")
	locks := map[string][]Lock{}
	for _, name := range []string{"a", "b", "c"} {
		locks[name] = append(locks[name], Lock{name, 4})
	}
	if expire(locks) != 3 || len(users)+len(locks) != 0 {
		panic("wrong")
	}
}
