package main

import "fmt"

// Volume is handed on by value; some have no settings, and are only asked for their names.
type Volume struct {
	name     string
	settings map[string]string
}

func newVolume(name string, settings map[string]string) Volume {
	return Volume{name: name, settings: settings}
}

// Resize is for volumes with settings as well.
func (v Volume) Resize(size string) { v.settings["size"] = size }

type driver struct{ prefix string }

func (d *driver) Placeholder() string { return d.prefix + newVolume("placeholder", nil).name }

// Update is given volumes with settings.
func (d *driver) Update(volume Volume, size string) {
	volume.settings["size"] = size
}

func main() {
	d := &driver{prefix: "pool/"}
	volume := newVolume("data", map[string]string{})
	d.Update(volume, "1G")
	volume.Resize("2G")
	fmt.Println(d.Placeholder(), volume.settings["size"])
}
