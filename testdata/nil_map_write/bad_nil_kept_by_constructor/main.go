// fails: panic assignment to entry in nil map

package main

type Tracker struct {
	sets map[string]int
}

func newTracker(sets map[string]int) *Tracker {
	return &Tracker{sets: sets}
}

func (t *Tracker) Add(name string) { t.sets[name]++ }

func main() {
	newTracker(map[string]int{}).Add("a")
	tracker := newTracker(nil)
	tracker.Add("a") // want "GM401.*sets"
}
