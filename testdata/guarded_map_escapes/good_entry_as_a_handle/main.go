// Who gets an entry can't look inside of it: it is handed back to methods which take the lock.
package main

import (
	"strconv"
	"sync"
)

type upload struct {
	parts map[int]string
}

// Store keeps the uploads.
type Store struct {
	mu      sync.RWMutex
	uploads map[string]*upload
}

// Upload gives an upload by its name.
func (s *Store) Upload(name string) *upload {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if one, ok := s.uploads[name]; ok {
		return one
	}
	return nil
}

// Add adds a part.
func (s *Store) Add(name string, number int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.uploads[name].parts[number] = strconv.Itoa(number)
}

// Part gives a part of an upload.
func (s *Store) Part(one *upload, number int) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return one.parts[number]
}

func main() {
	s := &Store{uploads: map[string]*upload{"a": {map[int]string{}}}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 500 {
				s.Add("a", i)
				_ = s.Part(s.Upload("a"), i)
			}
		})
	}
	wg.Wait()
}
