// misbehaves: exit 1

package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

type Index struct{ words map[string]int }

// fold adds the counts of words in capitals to those in small letters.
func (x *Index) fold() {
	for word, n := range x.words {
		x.words[strings.ToLower(word)] += n // want "GM202.*words"
	}
}

func main() {
	sums := map[int]bool{}
	for range 500 {
		x := &Index{words: map[string]int{}}
		for i := range 20 {
			x.words["W"+strconv.Itoa(i)] = 1
		}
		x.fold()
		sum := 0
		for _, n := range x.words {
			sum += n
		}
		sums[sum] = true
	}
	if len(sums) > 1 {
		fmt.Println("sums:", len(sums))
		os.Exit(1)
	}
}
