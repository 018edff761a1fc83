// fails: race

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

func (l *lookup) visit(n int) { l.seen[n] = true } // want "GM101"

func (l *lookup) ask(n int) { l.reply <- n + 1 }

func (l *lookup) run() {
	for n := range 1000 {
		go l.ask(n)
		l.visit(<-l.reply)
	}
}

type table struct{ done chan bool }

func (t *table) refresh(l *lookup) {
	l.run()
	t.done <- true
}

func (t *table) loop() {
	l := newLookup(0)
	go t.refresh(l)
	go t.refresh(l)
	<-t.done
	<-t.done
}

func main() {
	t := &table{make(chan bool)}
	t.loop()
}
