package main

type Index struct {
	byID   map[int]string
	byName map[string]int
}

func (x *Index) Forget(gone map[int]bool) {
	for id := range gone {
		delete(x.byName, x.byID[id])
		delete(x.byID, id)
	}
}

// Another instance of the same type is another map.
func (x *Index) Subtract(o *Index) {
	for id := range o.byID {
		delete(x.byID, id)
	}
}

func main() {
	x := &Index{byID: map[int]string{1: "a", 2: "b"}, byName: map[string]int{"a": 1, "b": 2}}
	x.Forget(map[int]bool{1: true})
	x.Subtract(&Index{byID: map[int]string{2: "b"}})
	if len(x.byID) != 0 || len(x.byName) != 1 {
		panic("wrong")
	}
}
