package main

import (
	"strconv"
	"sync"
)

func squares(n int) (sum int) {
	found, logged := map[string]int{}, 0
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		for i := 0; i < n; i++ {
			found[strconv.Itoa(i)] = i * i
		}
		own := map[int]int{}
		wg.Done()
		own[n] = logged // nobody else has this one
	}()
	wg.Wait()
	for _, one := range found {
		sum += one
	}
	return sum
}

// Each worker says that it is done with one of them, then takes the next.
func lengths(words []string) map[string]int {
	found := map[string]int{}
	jobs := make(chan string)
	var wg sync.WaitGroup
	go func() {
		for word := range jobs {
			found[word] = len(word)
			wg.Done()
		}
	}()
	for _, word := range words {
		wg.Add(1)
		jobs <- word
	}
	wg.Wait()
	close(jobs)
	for word := range found {
		_ = found[word]
	}
	return found
}

func main() {
	for i := 0; i < 50; i++ {
		_ = squares(500)
		_ = lengths([]string{"a", "bb", "ccc"})
	}
}
