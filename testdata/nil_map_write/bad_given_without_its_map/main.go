// fails: panic assignment to entry in nil map

package main

import "fmt"

// Volume is handed on by its address, and has to work as it is made.
type Volume struct {
	name     string
	settings map[string]string
}

func newVolume(name string, settings map[string]string) *Volume {
	return &Volume{name: name, settings: settings}
}

func (v *Volume) Set(name, value string) {
	v.settings[name] = value
}

func main() {
	volume := newVolume("data", map[string]string{})
	volume.Set("size", "1G")
	other := newVolume("placeholder", nil)
	other.Set("size", "2G") // want "GM401.*settings"
	fmt.Println(volume.name, other.name)
}
