package main

import "fmt"

type failure interface{ Code() int }

type code int

func (c code) Code() int { return int(c) }

type permissions struct{ names []string }

func fields(ok bool, more *permissions) (map[string]string, failure, *permissions) {
	if !ok {
		return nil, code(1), nil
	}
	if more != nil {
		return nil, code(2), more
	}
	return map[string]string{}, nil, nil
}

func add(ok bool) (failure, *permissions) {
	found, err, more := fields(ok, nil)
	if err != nil {
		return err, more
	}
	found["name"] = "a"
	return nil, nil
}

func main() {
	fmt.Println(add(true))
	fmt.Println(add(false))
}
