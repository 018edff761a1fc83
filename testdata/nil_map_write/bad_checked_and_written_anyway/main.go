// fails: panic assignment to entry in nil map

package main

type Status struct {
	Runs map[string]string
}

// The comparison only decides about the loop.
func update(status *Status, names []string) {
	finished := 0
	if status.Runs != nil {
		for _, state := range status.Runs {
			if state == "done" {
				finished++
			}
		}
	}
	for _, name := range names {
		status.Runs[name] = "started" // want "GM401.*Runs"
	}
}

func main() {
	update(&Status{Runs: map[string]string{}}, []string{"a"})
	update(&Status{}, []string{"a"})
}
