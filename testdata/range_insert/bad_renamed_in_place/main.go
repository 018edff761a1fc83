// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"strconv"
)

func prefix(m map[string]int) {
	for k, v := range m {
		delete(m, k)   // may "GM201"
		m["v2/"+k] = v // want "GM202"
	}
}

func main() {
	twice := 0
	for r := 0; r < 200; r++ {
		m := map[string]int{}
		for i := 0; i < 20; i++ {
			m[strconv.Itoa(i)] = i
		}
		prefix(m)
		for k := range m {
			if len(k) > 6 && k[:6] == "v2/v2/" {
				twice++
			}
		}
	}
	if twice > 0 {
		fmt.Println("renamed more than once:", twice)
		os.Exit(1)
	}
}
