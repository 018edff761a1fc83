// fails: race

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
	for i := range 100000 {
		s.mu.Lock()
		s.files[i] = "f"
		delete(s.files, i-10)
		s.mu.Unlock()
	}
}

// Close looks at the files first, and waits for their collector then.
func (s *Store) Close() int {
	n := 0
	for range 100 {
		for range s.files { // want "GM104"
			n++
		}
	}
	s.wg.Wait()
	return n
}

func main() {
	s := Open()
	s.Close()
}
