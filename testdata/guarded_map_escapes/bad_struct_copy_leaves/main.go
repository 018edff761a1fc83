// fails: race

package main

import (
	"strconv"
	"sync"
)

type Profile struct {
	Name  string
	Prefs map[string]string
}

type Svc struct {
	mu  sync.Mutex
	cur Profile
}

// Returns a copy of the struct, but Prefs still is the shared map.
func (s *Svc) Current() Profile {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cur // want "GM106"
}

func (s *Svc) SetPref(k, v string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cur.Prefs[k] = v
}

func main() {
	s := &Svc{cur: Profile{"a", map[string]string{}}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 50000; i++ {
			s.SetPref(strconv.Itoa(i%100), "x")
		}
	})
	for i := 0; i < 1000; i++ {
		p := s.Current()
		p.Prefs["theme"] = "dark" // may "GM10[146].*Prefs"
	}
	wg.Wait()
}
