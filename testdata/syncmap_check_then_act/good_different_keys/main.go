package main

import "sync"

type Routes struct{ targets sync.Map }

// What is stored has nothing to do with the entry that was looked up.
func (r *Routes) Copy(from, to string) bool {
	target, ok := r.targets.Load(from)
	if !ok {
		return false
	}
	r.targets.Store(to, target)
	return true
}

func (r *Routes) Set(path, target string) { r.targets.Store(path, target) }

func main() {
	r := &Routes{}
	r.Set("/", "root")
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Go(func() {
			for i := 0; i < 500; i++ {
				if !r.Copy("/", "/index") {
					panic("not found")
				}
			}
		})
	}
	wg.Wait()
}
