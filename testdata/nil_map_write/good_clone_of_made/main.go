package main

import "maps"

func main() {
	base := map[string]string{}
	merged := maps.Clone(base)
	merged["env"] = "test"
	var none map[string]string
	copied := maps.Clone(none)
	if copied == nil {
		copied = map[string]string{}
	}
	copied["env"] = "test"
}
