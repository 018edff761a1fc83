package main

type lookup struct {
	seen  map[int]bool
	reply chan int
}

func newLookup(start int) *lookup {
	l := &lookup{seen: map[int]bool{}, reply: make(chan int, 3)}
	l.visit(start)
	return l
}

func (l *lookup) visit(n int) { l.seen[n] = true }

func (l *lookup) ask(n int) { l.reply <- n + 1 }

// run asks on goroutines of its own, but only itself notes what was seen.
func (l *lookup) run() {
	for n := range 100 {
		go l.ask(n)
		l.visit(<-l.reply)
	}
}

type table struct{ done chan bool }

func (t *table) refresh(n int) {
	newLookup(n).run()
	t.done <- true
}

func (t *table) loop() {
	go t.refresh(1)
	go t.refresh(2)
	<-t.done
	<-t.done
}

func main() {
	t := &table{make(chan bool)}
	t.loop()
}
