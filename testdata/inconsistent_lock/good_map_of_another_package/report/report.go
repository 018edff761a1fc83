// Package report sums up what is in a store.
package report

import "example.com/testdata/inconsistent_lock/good_map_of_another_package/store"

type Report struct{ from *store.Store }

func New(from *store.Store) *Report {
	from.Items["first"] = 1
	return &Report{from: from}
}

func (r *Report) Total() int {
	r.from.Mu.RLock()
	defer r.from.Mu.RUnlock()
	return r.sum()
}

func (r *Report) sum() int {
	total := 0
	for _, n := range r.from.Items {
		total += n
	}
	return total + len(fresh().Items)
}

func fresh() *store.Store {
	mine := store.New()
	mine.Items["second"] = 2
	return mine
}
