// The callee returns the map together with the very ok that it came with.
package main

func section(config map[string]any, name string) (map[string]any, bool) {
	raw, exists := config[name]
	if !exists {
		return nil, false
	}
	found, ok := raw.(map[string]any)
	return found, ok
}

func normalise(config map[string]any) {
	if trigger, ok := section(config, "trigger"); ok {
		trigger["seen"] = true
	}
	log, _ := section(config, "log")
	if _, found := log["level"]; found {
		log["level"] = "info"
	}
}

func main() {
	normalise(map[string]any{"trigger": "x"})
	normalise(map[string]any{"trigger": map[string]any{}})
}
