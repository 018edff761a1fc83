package main

type Seats struct{ taken map[int]string }

func (s *Seats) Double(name string) bool {
	for seat, who := range s.taken {
		if who == name {
			s.taken[seat+1000] = who
			return true
		}
	}
	return false
}

func (s *Seats) First(name string) {
	for seat := range s.taken {
		s.taken[-seat] = name
		break
	}
}

func main() {
	s := &Seats{taken: map[int]string{1: "ann", 2: "bob"}}
	if !s.Double("ann") {
		panic("not found")
	}
	s.First("eve")
	if len(s.taken) != 4 {
		panic(s.taken)
	}
}
