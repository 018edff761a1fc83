package main

import "fmt"

type point struct{ x, y int }

type Shape interface{ Area() int }

type square struct{ side int }

func (s *square) Area() int { return s.side * s.side }

func name(value any) string {
	names := map[any]string{1: "one", "a": "letter", point{1, 2}: "point", [2]int{1, 2}: "array"}
	switch key := value.(type) {
	case []byte:
		return names[string(key)]
	case string, int, point:
		return names[key]
	}
	return ""
}

func safe(seen map[any]bool, key any) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	return seen[key]
}

func main() {
	shapes := map[Shape]bool{}
	shapes[&square{1}] = true
	fmt.Println(name([]byte("a")), name(1), safe(map[any]bool{}, []int{1}), len(shapes))
}
