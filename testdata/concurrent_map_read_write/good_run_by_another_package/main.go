package main

import "example.com/testdata/concurrent_map_read_write/good_run_by_another_package/hub"

func main() {
	h := hub.New()
	h.Handle("ping", func() {})
	go h.Run()
	done := make(chan struct{})
	go func() {
		for range 20_000 {
			c := &hub.Client{}
			h.Join(c)
			h.Leave(c)
		}
		close(done)
	}()
	for range 2_000 {
		h.Count()
	}
	<-done
}
