package main

type Batch struct{ items map[int]string }

func (b *Batch) process(handle func(string)) {
	for _, item := range b.items {
		handle(item)
	}
	clear(b.items)
}

func main() {
	b := &Batch{items: map[int]string{}}
	for i := 0; i < 100; i++ {
		b.items[i] = "x"
	}
	handled := 0
	b.process(func(string) { handled++ })
	if handled != 100 || len(b.items) != 0 {
		panic(handled)
	}
}
