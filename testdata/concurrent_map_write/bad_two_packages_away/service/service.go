// Package service is between those who ask and the names.
package service

import "example.com/testdata/concurrent_map_write/bad_two_packages_away/names"

type Service struct{ table *names.Table }

func New() *Service { return &Service{names.NewTable()} }

func (s *Service) Describe(name string) (int, int) { return s.own(name), names.Number(name) }

func (s *Service) own(name string) int { return s.table.Number(name) }
