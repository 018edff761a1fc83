package main

import (
	"flag"
	"fmt"
	"strings"
)

type labels map[string]string

func (l *labels) String() string { return fmt.Sprint(map[string]string(*l)) }

func (l *labels) Set(text string) error {
	key, value, _ := strings.Cut(text, "=")
	(*l)[key] = value
	return nil
}

type lazy map[string]string

func (l *lazy) String() string { return fmt.Sprint(map[string]string(*l)) }

func (l *lazy) Set(text string) error {
	if *l == nil {
		*l = lazy{}
	}
	key, value, _ := strings.Cut(text, "=")
	(*l)[key] = value
	return nil
}

func main() {
	made := labels{}
	var later lazy
	flags := flag.NewFlagSet("run", flag.ContinueOnError)
	flags.Var(&made, "label", "a label")
	flags.Var(&later, "tag", "a tag")
	fmt.Println(flags.Parse([]string{"-label", "a=b", "-tag", "c=d"}), made, later)
}
