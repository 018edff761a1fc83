package main

type Removed struct{ calls map[string][]int }

func (r *Removed) add(name string) { r.calls[name] = append(r.calls[name], 1) }

type Stack struct {
	names   []string
	removed *Removed
	done    bool
}

// Removed fills the map when it is first asked for.
func (s *Stack) Removed() *Removed {
	if s.done {
		return s.removed
	}
	for _, name := range s.names {
		s.removed.add(name)
	}
	s.done = true
	return s.removed
}

func (s *Stack) total() (n int) {
	for name := range s.Removed().calls {
		n += s.one(name)
	}
	return n
}

func (s *Stack) one(name string) int { return len(s.Removed().calls[name]) }

func main() {
	s := &Stack{names: []string{"a", "b"}, removed: &Removed{map[string][]int{}}}
	if s.total() != 2 {
		panic("wrong")
	}
}
