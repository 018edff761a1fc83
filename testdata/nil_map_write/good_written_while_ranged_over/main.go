// One way in makes the map, the other one only writes what it ranges over.
package main

type Mux struct{ subs map[string][]int }

func (m *Mux) Subscribe(topic string, id int) {
	if m.subs == nil {
		m.subs = make(map[string][]int)
	}
	m.subs[topic] = append(m.subs[topic], id)
}

func (m *Mux) Unsubscribe(id int) {
	for topic, ids := range m.subs {
		if len(ids) > 0 && ids[0] == id {
			m.subs[topic] = ids[1:]
		}
	}
}

func main() {
	m := &Mux{}
	m.Unsubscribe(1)
	m.Subscribe("a", 1)
	m.Unsubscribe(1)
}
