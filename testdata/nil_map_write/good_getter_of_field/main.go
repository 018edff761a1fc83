package main

import (
	"fmt"
	"net/http"
)

type recorder struct{ header http.Header }

func newRecorder() *recorder { return &recorder{header: http.Header{}} }

func (r *recorder) Header() http.Header { return r.header }

type lazy struct{ header http.Header }

func (l *lazy) Header() http.Header {
	if l.header == nil {
		l.header = http.Header{}
	}
	return l.header
}

func main() {
	r, l := newRecorder(), &lazy{}
	r.Header().Set("a", "b")
	l.Header().Set("a", "b")
	fmt.Println(r.header, l.header)
}
