// Package report sums up what is in a store.
package report

import "example.com/testdata/inconsistent_lock/bad_map_of_another_package/store"

type Report struct{ from *store.Store }

func New(from *store.Store) *Report {
	from.Items["first"] = 1
	return &Report{from: from}
}

func (r *Report) Total() int {
	total := 0
	for _, n := range r.from.Items { // want "GM104.*Store.Items is guarded by `r.from.Mu` in its own package"
		total += n
	}
	return total
}
