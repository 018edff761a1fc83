package info

import "sync"

type Info struct {
	names  map[int]bool
	sizes  map[int]int
	errors sync.Mutex
}

func New() *Info {
	return &Info{names: map[int]bool{}, sizes: map[int]int{}}
}

func (i *Info) Add(n int) {
	load(i, n)
}

func (i *Info) Names() []int {
	var names []int
	for name := range i.names { // want "GM103.*Info.names"
		names = append(names, name)
	}
	return names
}

func load(i *Info, n int) {
	var loading sync.WaitGroup
	if n%2 == 0 {
		loadEven(i, n, &loading)
		loading.Wait()
	} else {
		loadOdd(i, n, &loading)
	}
}

func loadEven(i *Info, n int, loading *sync.WaitGroup) {
	loading.Add(2)
	go i.loadNames(n, loading)
	go i.loadSizes(n, loading)
}

func loadOdd(i *Info, n int, loading *sync.WaitGroup) {
	loading.Add(1)
	go i.loadNames(n, loading)
}

func (i *Info) loadNames(n int, loading *sync.WaitGroup) {
	defer loading.Done()
	i.names[n] = true // may "GM10[12]"
}

func (i *Info) loadSizes(n int, loading *sync.WaitGroup) {
	defer loading.Done()
	i.sizes[n] = n
}
