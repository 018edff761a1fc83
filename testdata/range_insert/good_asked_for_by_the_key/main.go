// The object was asked for by the current key, and has it for its name.
package main

import "fmt"

type Cluster struct{ Name string }

type Plan struct{ statuses map[string]string }

func get(name string, into *Cluster) error {
	if name == "" {
		return fmt.Errorf("no name")
	}
	into.Name = name
	return nil
}

func (p *Plan) uninstall(name string) error {
	var cluster Cluster
	if err := get(name, &cluster); err != nil {
		delete(p.statuses, name)
		return nil
	}
	p.statuses[cluster.Name] = "gone"
	return nil
}

func (p *Plan) Uninstall() {
	for name := range p.statuses {
		p.uninstall(name)
	}
}

func main() {
	p := &Plan{statuses: map[string]string{"a": "", "b": ""}}
	p.Uninstall()
	if len(p.statuses) != 2 {
		panic("not two")
	}
}
