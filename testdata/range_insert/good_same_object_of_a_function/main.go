package main

import "fmt"

type table struct{ names map[string]string }

func each(files []string, do func(string)) {
	for _, file := range files {
		do(file)
	}
}

// Each call makes a table of its own.
func read(files []string) table {
	t := table{names: map[string]string{}}
	each(files, func(file string) { t.names[file] = file })
	return t
}

func common() map[string]string {
	t := read([]string{"x"})
	return t.names
}

func main() {
	shared := common()
	t := read([]string{"a", "b"})
	for name, file := range shared {
		t.names["common."+name] = file
	}
	fmt.Println(len(t.names))
}
