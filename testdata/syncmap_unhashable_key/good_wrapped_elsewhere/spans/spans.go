// Package spans has a map by spans.
package spans

import "sync"

type Span struct{ Start, End []byte }

// Map makes a key that can be hashed out of each span.
type Map struct{ m sync.Map }

type key struct{ start, end string }

func keyOf(span Span) key { return key{string(span.Start), string(span.End)} }

func (m *Map) Load(span Span) (any, bool) { return m.m.Load(keyOf(span)) }

func (m *Map) Store(span Span, value any) { m.m.Store(keyOf(span), value) }
