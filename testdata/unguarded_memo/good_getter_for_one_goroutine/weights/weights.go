// Package weights tells how heavy a tag is.
package weights

// Table has the weights of tags. It is not safe for concurrent use.
type Table struct {
	factor   int
	computed map[string]int
}

// NewTable makes an empty table.
func NewTable(factor int) *Table {
	return &Table{factor: factor, computed: map[string]int{}}
}

// Get is the weight of a tag.
func (t *Table) Get(tag string) int {
	if weight, ok := t.computed[tag]; ok {
		return weight
	}
	t.computed[tag] = t.factor * len(tag)
	return t.computed[tag]
}
