// Package report sums up what is in a store.
package report

import "example.com/testdata/inconsistent_lock/bad_lock_out_of_reach/store"

type Report struct{ from *store.Store }

func New(from *store.Store) *Report {
	from.Items["first"] = 1
	return &Report{from: from}
}

func (r *Report) Total() int {
	return len(r.from.Items) + r.from.Items["2"] // want "GM104.*Store.Items is guarded by `r.from.mu` in its own package"
}
