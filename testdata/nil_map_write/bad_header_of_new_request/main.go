// fails: panic assignment to entry in nil map

package main

import "net/http"

func main() {
	request := &http.Request{Method: http.MethodGet}
	request.Header.Set("Accept", "text/plain") // want "GM401.*Header"
}
