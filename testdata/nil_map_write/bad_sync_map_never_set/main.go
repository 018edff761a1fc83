// fails: panic nil pointer dereference
package main

import "sync"

type Service struct{ cache *sync.Map }

func (s *Service) Get(key string) (any, bool) {
	return s.cache.Load(key) // want "GM401.*cache"
}

func main() {
	(&Service{}).Get("a")
}
