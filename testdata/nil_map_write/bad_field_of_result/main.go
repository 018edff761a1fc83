// fails: panic assignment to entry in nil map

package main

type Response struct {
	Headers map[string]string
	Body    []byte
}

func render(body []byte) (response Response) {
	response.Body = body
	response.Headers["Content-Type"] = "text/plain" // want "GM401.*Headers"
	return response
}

func main() {
	render(nil)
}
