// ok
// What is locked is a file, not the map.
package main

import (
	"io"
	"os"
)

type fileSystem interface {
	Lock(name string) (io.Closer, error)
	Unlock(name string)
}

type disk struct{}

func (disk) Lock(name string) (io.Closer, error) { return os.Open(os.DevNull) }
func (disk) Unlock(name string)                  {}

type Env struct {
	fs    fileSystem
	locks map[string]io.Closer
}

func (e *Env) Take(name string) error {
	file, err := e.fs.Lock(name)
	if err != nil {
		return err
	}
	e.locks[name] = file
	return nil
}

func (e *Env) Close() {
	for _, file := range e.locks {
		file.Close()
	}
}

func main() {
	e := &Env{fs: disk{}, locks: map[string]io.Closer{}}
	if e.Take("a") == nil {
		e.Close()
	}
}
