// fails: panic assignment to entry in nil map

package main

type Group struct{ members map[string]bool }

func main() {
	groups := map[string]Group{}
	groups["admin"].members["ann"] = true // want "GM402.*groups"
}
