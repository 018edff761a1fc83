// The callback puts inner maps into what has just been made.
package main

type Header struct{ ranges map[string]map[string]int }

func each(f func(name, value string)) {
	f("a", "b")
	f("a", "c")
}

func (h *Header) Read() {
	h.ranges = map[string]map[string]int{}
	last := ""
	each(func(name, value string) {
		if _, ok := h.ranges[name]; !ok {
			h.ranges[name] = map[string]int{}
		}
		last = name
	})
	if last != "" {
		h.ranges[last]["end"] = 1
	}
}

func main() {
	(&Header{}).Read()
}
