// fails: race

package main

import (
	"example.com/testdata/concurrent_map_read_write/bad_handlers_beside_each_other/gateway"
	"example.com/testdata/concurrent_map_read_write/bad_handlers_beside_each_other/watch"
)

func main() {
	services, endpoints := watch.New(), watch.New()
	gateway.Init(services, endpoints)
	go services.Run(2000)
	endpoints.Run(2000)
}
