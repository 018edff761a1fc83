package main

import "reflect"

type Layer struct{ donor, shared int }

// Only layers of a model that shares are donors.
func shares(sharing bool, layers []Layer) int {
	var kept map[int]int
	if sharing {
		kept = map[int]int{}
	}
	for _, layer := range layers {
		if layer.donor > 0 {
			kept[layer.donor] = layer.shared
		}
	}
	return len(kept)
}

func encode(value reflect.Value) map[string]any {
	var result map[string]any
	if value.Len() > 0 || !value.IsNil() {
		result = map[string]any{}
	}
	entries := value.MapRange()
	for entries.Next() {
		result[entries.Key().String()] = entries.Value().Interface()
	}
	return result
}

func main() {
	var none map[string]int
	if shares(false, []Layer{{}}) != 0 || shares(true, []Layer{{1, 2}}) != 1 {
		panic("wrong")
	}
	if len(encode(reflect.ValueOf(none))) != 0 || len(encode(reflect.ValueOf(map[string]int{"a": 1}))) != 1 {
		panic("wrong")
	}
}
