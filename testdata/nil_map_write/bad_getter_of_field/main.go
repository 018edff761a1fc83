// fails: panic assignment to entry in nil map

package main

import "net/http"

type recorder struct{ header http.Header }

func (r *recorder) Header() http.Header { return r.header }

func main() {
	r := &recorder{}
	r.Header().Set("a", "b") // want "GM401.*header"
}
