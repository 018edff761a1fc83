package main

import "sync"

type Store struct {
	mu    sync.Mutex
	wg    sync.WaitGroup
	files map[int]string
}

func Open() *Store {
	s := &Store{files: map[int]string{}}
	s.wg.Add(1)
	go s.collect()
	return s
}

func (s *Store) collect() {
	defer s.wg.Done()
	for i := range 1000 {
		s.mu.Lock()
		s.files[i] = "f"
		delete(s.files, i-10)
		s.mu.Unlock()
	}
}

// Close looks at the files when their collector has ended.
func (s *Store) Close() int {
	s.wg.Wait()
	n := 0
	for range s.files {
		n++
	}
	return n
}

func main() {
	s := Open()
	s.Close()
}
