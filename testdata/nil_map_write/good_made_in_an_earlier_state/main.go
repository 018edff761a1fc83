package main

import "fmt"

type Parsed struct {
	Name   string
	Config map[string]string
}

// A word makes the map, and only then do its parameters come.
func parse(text string) (parsed Parsed, err error) {
	inside, start := false, 0
	for i, c := range text {
		switch inside {
		case false:
			if c == ',' {
				parsed.Name = text[:i]
				inside, start = true, i+1
				parsed.Config = make(map[string]string)
			}
		case true:
			if c == ',' {
				parsed.Config[text[start:i]] = "true"
				start = i + 1
			}
		}
	}
	return parsed, nil
}

func main() {
	parsed, _ := parse("remote,a,b,")
	fmt.Println(parsed.Name, len(parsed.Config))
}
