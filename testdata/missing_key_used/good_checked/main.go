package main

import "fmt"

type Session struct{ user string }

func (s *Session) User() string { return s.user }

func user(sessions map[string]*Session, id string) string {
	if _, ok := sessions[id]; !ok {
		return ""
	}
	return sessions[id].User()
}

func all(sessions map[string]*Session) (names []string) {
	for id := range sessions {
		names = append(names, sessions[id].User())
	}
	return names
}

func open(sessions map[string]*Session, id string) string {
	sessions[id] = &Session{id}
	return sessions[id].user
}

func main() {
	sessions := map[string]*Session{"a": {"ann"}}
	fmt.Println(user(sessions, "b"), all(sessions), open(sessions, "c"))
}
