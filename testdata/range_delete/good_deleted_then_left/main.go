package main

type Tasks struct{ next map[string]string }

// Once the other key is deleted, the iteration is over.
func (t *Tasks) Unlink(target string) bool {
	for from, to := range t.next {
		if to == target && from != to {
			delete(t.next, target)
			return true
		}
	}
	return false
}

func (t *Tasks) UnlinkFirst(target string) {
	for _, to := range t.next {
		if to == target {
			delete(t.next, target)
			break
		}
	}
}

func main() {
	t := &Tasks{next: map[string]string{"a": "b", "b": "c", "c": "d"}}
	if !t.Unlink("b") {
		panic("not found")
	}
	t.UnlinkFirst("d")
	if len(t.next) != 2 {
		panic(t.next)
	}
}
