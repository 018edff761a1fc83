package main

type Batch struct {
	counts map[string]int
	names  map[string]bool
}

func NewBatch() *Batch {
	return &Batch{counts: map[string]int{}, names: map[string]bool{}}
}

func (b *Batch) Flush() map[string]int {
	counts := b.counts
	b.counts = nil
	b.begin()
	return counts
}

func (b *Batch) begin() { b.counts = map[string]int{} }

func (b *Batch) forget() { b.names = nil }

func (b *Batch) Add(name string) {
	b.counts[name]++
}

func main() {
	b := NewBatch()
	b.Flush()
	b.Add("b")
	b.forget()
	b.names = map[string]bool{}
	b.names["a"] = true
}
