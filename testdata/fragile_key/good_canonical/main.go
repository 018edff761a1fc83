package main

import (
	"fmt"
	"time"
)

func main() {
	now := time.Now()
	days := map[time.Time]int{}
	days[now.UTC().Truncate(24*time.Hour)]++
	days[time.Date(2024, time.March, 1, 0, 0, 0, 0, time.UTC)]++
	fmt.Println(days[now.UTC().Truncate(24*time.Hour)] > 0)

	stamps := map[int64]string{now.UnixNano(): "now"}
	fmt.Println(stamps[now.UTC().UnixNano()])

	order := map[time.Time]string{}
	order[time.Now()] = "only ranged over"
	for at, text := range order {
		fmt.Println(!at.IsZero(), text)
	}

	prices := map[float64]string{0.5: "half", 1: "one"}
	fmt.Println(prices[0.5])
}
