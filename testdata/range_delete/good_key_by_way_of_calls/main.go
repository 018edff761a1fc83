package main

type Name struct{ kind string }

func (n Name) Member(index int) Address { return Address{n, index} }

func (n Name) String() string { return n.kind }

type Address struct {
	Name  Name
	Index int
}

type Resource struct {
	addr    Address
	members map[int]bool
}

type Module struct{ resources map[string]*Resource }

// drop takes away the resource of a member.
func (m *Module) drop(addr Address) {
	delete(m.resources, addr.Name.String())
}

func (m *Module) dropPlanned() int {
	visits := 0
	for _, resource := range m.resources {
		visits++
		name := resource.addr.Name
		for index, planned := range resource.members {
			member := name.Member(index)
			if planned {
				m.drop(member)
			}
		}
	}
	return visits
}

func main() {
	for range 100 {
		m := &Module{resources: map[string]*Resource{}}
		for _, kind := range []string{"a", "b", "c"} {
			m.resources[kind] = &Resource{Address{Name: Name{kind}}, map[int]bool{0: true, 1: false}}
		}
		if m.dropPlanned() != 3 || len(m.resources) != 0 {
			panic("wrong")
		}
	}
}
