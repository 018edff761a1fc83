// fails: race

package main

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"

	"example.com/testdata/inconsistent_lock/bad_entries_by_scrape/files"
)

func main() {
	watcher := &files.Watcher{}
	collector := files.NewCollector(watcher)
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 20_000 {
			watcher.Seen(strconv.Itoa(i % 100))
		}
	})
	for range 200 {
		collector.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
	}
	wg.Wait()
}
