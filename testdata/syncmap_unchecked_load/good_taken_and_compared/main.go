package main

import "sync"

type Jobs struct{ m sync.Map }

func (j *Jobs) Take(id string) int {
	v, loaded := j.m.LoadAndDelete(id)
	if !loaded {
		return 0
	}
	return v.(int)
}

func (j *Jobs) Peek(id string) (n int) {
	v, _ := j.m.Load(id)
	switch v := v.(type) {
	case int:
		n += v
	}
	if v != nil {
		n += v.(int)
	}
	return n
}

func main() {
	j := &Jobs{}
	j.m.Store("a", 1)
	if j.Peek("a")+j.Take("a")+j.Take("a")+j.Peek("b") != 3 {
		panic("wrong")
	}
}
