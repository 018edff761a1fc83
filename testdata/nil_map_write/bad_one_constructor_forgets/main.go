// fails: panic assignment to entry in nil map

package main

type Index struct {
	terms map[string][]int
	limit int
}

func NewIndex() *Index {
	return &Index{terms: make(map[string][]int)}
}

func NewLimitedIndex(limit int) *Index {
	return &Index{limit: limit}
}

func (x *Index) Add(term string, id int) {
	x.terms[term] = append(x.terms[term], id) // want-related "GM401.*terms"
}

func main() {
	NewIndex().Add("a", 1)
	NewLimitedIndex(10).Add("a", 1) // want "GM401.*terms"
}
