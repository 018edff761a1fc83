// Package spans has a map by anything.
package spans

import "sync"

type Span struct{ Start, End []byte }

// Map takes keys as they are.
type Map struct{ m sync.Map }

func (m *Map) Load(key any) (any, bool) { return m.m.Load(key) }

func (m *Map) Store(key, value any) { m.m.Store(key, value) }
