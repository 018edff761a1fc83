// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"time"
)

type Log struct{ entries map[time.Time]string }

func (l *Log) Add(text string) time.Time {
	at := time.Now()
	l.entries[at] = text // want "GM405.*entries"
	return at.Round(0)
}

func (l *Log) Get(at time.Time) (string, bool) {
	text, ok := l.entries[at]
	return text, ok
}

func main() {
	l := &Log{entries: map[time.Time]string{}}
	at := l.Add("started")
	if _, ok := l.Get(at); !ok {
		fmt.Println("the entry of this very moment is not found")
		os.Exit(1)
	}
}
