// fails: panic assignment to entry in nil map
package main

func section(config map[string]any, name string) (map[string]any, bool) {
	_, exists := config[name]
	found, _ := config[name].(map[string]any)
	return found, exists
}

func normalise(config map[string]any) {
	if trigger, ok := section(config, "trigger"); ok {
		trigger["seen"] = true // want "GM401.*trigger"
	}
}

func main() {
	normalise(map[string]any{"trigger": "x"})
}
