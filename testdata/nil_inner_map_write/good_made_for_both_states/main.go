// Where there is no entry for the key, inner maps are made for all the keys that it can be.
package main

type key struct {
	resource string
	rejected bool
}

type Metrics struct{ resources map[key]map[string]int }

func (m *Metrics) Set(k key, object string, n int) {
	if _, found := m.resources[k]; !found {
		m.resources[key{resource: k.resource, rejected: false}] = make(map[string]int)
		m.resources[key{resource: k.resource, rejected: true}] = make(map[string]int)
	}
	m.resources[k][object] = n
}

func main() {
	m := &Metrics{resources: map[key]map[string]int{}}
	m.Set(key{"pods", true}, "a", 1)
}
