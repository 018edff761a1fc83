package main

import (
	"fmt"
	"sync"
)

var names sync.Map

func fail(id int) { panic(fmt.Sprint("nobody has the number ", id)) }

func long(id int) bool {
	v, ok := names.Load(id)
	return ok && len(v.(string)) > 3
}

func short(id int) bool {
	v, ok := names.Load(id)
	return !ok || len(v.(string)) <= 3
}

func orNobody(id int) string {
	v, ok := names.Load(id)
	if !ok {
		v = "nobody"
	}
	return v.(string)
}

func notNil(id int) string {
	v, _ := names.Load(id)
	if v == nil {
		return ""
	}
	return v.(string)
}

func kind(id int) string {
	v, _ := names.Load(id)
	switch v := v.(type) {
	case string:
		return v
	default:
		return "?"
	}
}

func certain(id int) string {
	v, ok := names.Load(id)
	if !ok {
		fail(id)
	}
	return v.(string)
}

func twice(one, other int) string {
	v, ok := names.Load(one)
	if !ok {
		v, ok = names.Load(other)
	}
	if !ok {
		return ""
	}
	return v.(string)
}

func stored(id int) string {
	names.Store(id, "new")
	v, _ := names.Load(id)
	return v.(string)
}

func main() {
	names.Store(1, "anne")
	if !long(1) || long(2) || short(1) || orNobody(2) != "nobody" || notNil(2) != "" || kind(2) != "?" {
		panic("wrong")
	}
	if certain(1) != "anne" || twice(2, 1) != "anne" || stored(3) != "new" {
		panic("wrong")
	}
}
