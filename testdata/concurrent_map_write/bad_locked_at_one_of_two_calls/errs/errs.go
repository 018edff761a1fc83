// Package errs collects errors by where they come from.
package errs

type List struct{ by map[string][]error }

func (l *List) Add(from string, err error) {
	if l.by == nil {
		l.by = map[string][]error{}
	}
	l.by[from] = append(l.by[from], err) // want-related "GM10[14].*by"
}

func (l *List) Count() int { return len(l.by) }
