// note: it works as long as the integers are smaller than 2^53

package main

import "fmt"

func main() {
	names := map[float64]string{}
	for id := 1; id < 4; id++ {
		names[float64(id)] = fmt.Sprint("n", id) // want "GM405.*names"
	}
	fmt.Println(names[2])
}
