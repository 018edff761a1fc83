// Package report sums up what is in a store.
package report

import "example.com/testdata/inconsistent_lock/good_lock_out_of_reach/store"

type Report struct{ from *store.Store }

func New(from *store.Store) *Report {
	from.Items["first"] = 1
	return &Report{from: from}
}

func (r *Report) Total() int {
	return r.from.Len() + r.from.Get("2")
}
