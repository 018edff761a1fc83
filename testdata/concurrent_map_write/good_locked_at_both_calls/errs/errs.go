// Package errs collects errors by where they come from.
package errs

type List struct{ by map[string][]error }

func (l *List) Add(from string, err error) {
	if l.by == nil {
		l.by = map[string][]error{}
	}
	l.by[from] = append(l.by[from], err)
}

func (l *List) Count() int { return len(l.by) }
