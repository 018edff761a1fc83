// fails: race

package main

import (
	"strconv"
	"sync"

	"example.com/testdata/concurrent_map_write/bad_two_packages_away/service"
)

type api struct{ service *service.Service }

func (a *api) handle(n int) {
	a.service.Describe(strconv.Itoa(n)) // want "GM101.*api.service.table.numbers is written in Service.Describe"
}

func main() {
	a := &api{service.New()}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for n := range 5000 {
				a.handle(n)
			}
		})
	}
	wg.Wait()
}
