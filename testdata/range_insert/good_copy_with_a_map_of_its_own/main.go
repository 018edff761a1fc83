package main

type Spec struct{ payload map[string]int }

func resolved(spec Spec) Spec {
	result := spec
	if len(spec.payload) > 0 {
		result.payload = make(map[string]int, len(spec.payload))
		for name, value := range spec.payload {
			result.payload["own "+name] = value
		}
	}
	return result
}

func main() {
	if len(resolved(Spec{map[string]int{"a": 1}}).payload) != 1 {
		panic("wrong")
	}
}
