// fails: panic hash of unhashable type

package main

type reader struct{ input []any }

func (r *reader) read() any {
	next := r.input[0]
	r.input = r.input[1:]
	if n, ok := next.(int); ok {
		list := make([]any, n)
		for i := range list {
			list[i] = r.read()
		}
		return list
	}
	return next
}

func (r *reader) readMap(n int) map[any]any {
	m := make(map[any]any, n)
	for i := 0; i < n; i++ {
		key := r.read()
		m[key] = r.read() // want "GM403.*m"
	}
	return m
}

func main() {
	(&reader{input: []any{2, "a", "b", "c"}}).readMap(1)
}
