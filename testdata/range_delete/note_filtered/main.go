// note: defined, and maps.DeleteFunc says it better

package main

import "strings"

func main() {
	env := map[string]string{"GOOS": "linux", "HOME": "/", "GOARCH": "amd64"}
	for name := range env {
		if strings.HasPrefix(name, "GO") {
			delete(env, name) // want "GM201.*env"
		}
	}
	if len(env) != 1 {
		panic(env)
	}
}
