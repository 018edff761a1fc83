package main

type Terms struct{ count map[string]int }

func (t *Terms) Pluralize() {
	plural := make(map[string]int, len(t.count))
	for term, n := range t.count {
		plural[term+"s"] = n
	}
	for term, n := range plural {
		t.count[term] = n
	}
}

func main() {
	t := &Terms{count: map[string]int{"a": 1, "b": 2}}
	t.Pluralize()
	if len(t.count) != 4 {
		panic(t.count)
	}
}
