package main

import "fmt"

type ID string

func (i ID) String() string { return string(i) }

type entry struct {
	id    ID
	value int
}

// Results finds entries by the hashes of their keys.
type Results struct{ lookup map[int]entry }

func (r *Results) hash(id ID) int { return len(id) * 100 }

func (r *Results) Set(id ID, value int) {
	hash := r.hash(id)
	for one, ok := r.lookup[hash]; ok; one, ok = r.lookup[hash] {
		if one.id == id {
			r.lookup[hash] = entry{id, value}
			return
		}
		hash++
	}
	r.lookup[hash] = entry{id, value}
}

func (r *Results) Iter() map[int]entry { return r.lookup }

func (e entry) Key() ID { return e.id }

func double(r *Results) {
	for _, one := range r.Iter() {
		id := one.Key()
		r.Set(id, one.value*2)
	}
}

func main() {
	r := &Results{lookup: map[int]entry{}}
	r.Set("a", 1)
	r.Set("b", 2)
	double(r)
	fmt.Println(len(r.lookup))
}
