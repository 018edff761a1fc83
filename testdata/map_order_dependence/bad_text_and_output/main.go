// misbehaves: exit 1

package main

import (
	"crypto/sha256"
	"fmt"
	"os"
)

func query(params map[string]string) (text string) {
	for name, value := range params {
		text += name + "=" + value + "&" // want "GM205.*text"
	}
	return text
}

func digest(params map[string]string) string {
	h := sha256.New()
	for name, value := range params {
		fmt.Fprintf(h, "%s=%s;", name, value) // want "GM205.*`h`"
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

func lower(headers map[string]string, canonical func(string) string) map[string]string {
	out := map[string]string{}
	for name, value := range headers {
		out[canonical(name)] = value // want "GM205.*out"
	}
	return out
}

func main() {
	params := map[string]string{"a": "1", "b": "2", "c": "3"}
	texts, digests, lasts := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for r := 0; r < 1000; r++ {
		texts[query(params)] = true
		digests[digest(params)] = true
		lasts[lower(params, func(string) string { return "x" })["x"]] = true
	}
	if len(texts) > 1 || len(digests) > 1 || len(lasts) > 1 {
		fmt.Println(len(texts), "texts,", len(digests), "digests,", len(lasts), "winners")
		os.Exit(1)
	}
}
