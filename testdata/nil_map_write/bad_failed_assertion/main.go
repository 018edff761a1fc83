// fails: panic assignment to entry in nil map

package main

func main() {
	var config any = []string{"not", "a", "map"}
	options, _ := config.(map[string]any)
	options["mode"] = "fast" // want "GM401.*options"
}
