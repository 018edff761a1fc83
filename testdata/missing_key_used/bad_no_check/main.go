// fails: panic invalid memory address or nil pointer dereference

package main

type Session struct{ user string }

func (s *Session) User() string { return s.user }

func user(sessions map[string]*Session, id string) string {
	return sessions[id].User() // want "GM407.*sessions"
}

func main() {
	sessions := map[string]*Session{"a": {"ann"}}
	user(sessions, "a")
	user(sessions, "b")
}
