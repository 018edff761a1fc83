package main

type Buffer struct{ items map[int]int }

// The range goes over the old map; what is inserted goes into the new one.
func (b *Buffer) Shift() {
	old := b.items
	b.items = make(map[int]int, len(old))
	for k, v := range old {
		b.items[k+1] = v
	}
}

func main() {
	b := &Buffer{items: map[int]int{1: 1, 2: 2, 3: 3}}
	b.Shift()
	if len(b.items) != 3 || b.items[4] != 3 {
		panic(b.items)
	}
}
