// fails: panic assignment to entry in nil map

package main

type Batch struct {
	counts map[string]int
	names  map[string]bool
}

func NewBatch() *Batch {
	return &Batch{counts: map[string]int{}, names: map[string]bool{}}
}

// Flush hands out what was counted.
func (b *Batch) Flush() map[string]int {
	counts := b.counts
	b.counts = nil
	return counts
}

func (b *Batch) forget() { b.names = nil }

func (b *Batch) Add(name string) {
	b.counts[name]++ // want-related "GM401.*counts"
}

func main() {
	b := NewBatch()
	b.Add("a")
	b.Flush()
	defer func() {
		recover()
		b.forget()
		b.names["a"] = true // want "GM401.*names"
	}()
	b.Add("b") // want "GM401.*counts"
}
