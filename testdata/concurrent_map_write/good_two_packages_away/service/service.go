// Package service is between those who ask and the names.
package service

import (
	"sync"

	"example.com/testdata/concurrent_map_write/good_two_packages_away/names"
)

type Service struct {
	mu    sync.Mutex
	table *names.Table
}

func New() *Service { return &Service{table: names.NewTable()} }

func (s *Service) Describe(name string) (int, int) { return s.own(name), names.Number(name) }

func (s *Service) own(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.table.Number(name)
}
