package main

import "fmt"

type Values map[string][]string

func (v Values) Clone() Values {
	if v == nil {
		return nil
	}
	w := Values{}
	for key, list := range v {
		w[key] = list
	}
	return w
}

func extended(in Values) Values {
	out := in.Clone()
	if out == nil && in == nil { // a clone is nil if the original is
		return nil
	}
	out["extra"] = []string{"a"}
	return out
}

func main() {
	fmt.Println(len(extended(nil)), len(extended(Values{"b": nil})))
}
