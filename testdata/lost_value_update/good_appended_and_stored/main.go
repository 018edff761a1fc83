package main

type Index struct {
	postings map[string][]int
	seen     map[string]int
}

func (x *Index) Add(word string, id int) int {
	list := x.postings[word]
	list = append(list, id)
	x.postings[word] = list
	n := x.seen[word]
	n++
	if n > 3 {
		n--
	}
	left := x.seen[word]
	for left > 0 {
		left--
	}
	for i := x.seen[word]; i < len(list); i++ {
		list[i]++
	}
	return n
}

func main() {
	x := &Index{postings: map[string][]int{}, seen: map[string]int{}}
	if x.Add("go", 1) != 1 || x.postings["go"][0] != 2 {
		panic("lost")
	}
}
