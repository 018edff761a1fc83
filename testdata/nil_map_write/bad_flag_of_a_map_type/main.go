// fails: panic assignment to entry in nil map

package main

import (
	"errors"
	"flag"
	"fmt"
	"strings"
)

type labels map[string]string

func (l *labels) String() string { return fmt.Sprint(map[string]string(*l)) }

func (l *labels) Set(text string) error {
	key, value, ok := strings.Cut(text, "=")
	if !ok {
		return errors.New("no =")
	}
	(*l)[key] = value
	return nil
}

func main() {
	var l labels
	flags := flag.NewFlagSet("run", flag.ContinueOnError)
	flags.Var(&l, "label", "a label") // want "GM401.*l"
	fmt.Println(flags.Parse([]string{"-label", "a=b"}), l)
}
