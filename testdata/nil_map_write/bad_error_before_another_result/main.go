// fails: panic assignment to entry in nil map

package main

import "fmt"

type failure interface{ Code() int }

type code int

func (c code) Code() int { return int(c) }

type permissions struct{ names []string }

func fields(ok bool) (map[string]string, failure, *permissions) {
	if !ok {
		return nil, code(1), nil
	}
	return map[string]string{}, nil, nil
}

func main() {
	found, err, _ := fields(false)
	found["name"] = "a" // want "GM401.*found"
	fmt.Println(err)
}
