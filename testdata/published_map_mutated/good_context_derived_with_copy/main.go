// Who derives a context leaves the one that it was given alone, and gives a copy to the new one.
package main

import (
	"context"
	"fmt"
	"maps"
	"sync"
)

type bagKey struct{}

func bag(ctx context.Context) map[string]string {
	m, _ := ctx.Value(bagKey{}).(map[string]string)
	return m
}

func With(ctx context.Context, key, value string) context.Context {
	m := maps.Clone(bag(ctx))
	if m == nil {
		m = map[string]string{}
	}
	m[key] = value
	return context.WithValue(ctx, bagKey{}, m)
}

func handle(ctx context.Context, step string) {
	for range 1000 {
		ctx = With(ctx, "step", step)
	}
}

func main() {
	ctx := With(context.Background(), "user", "gopher")
	var wg sync.WaitGroup
	for _, step := range []string{"load", "render"} {
		wg.Go(func() { handle(ctx, step) })
	}
	wg.Wait()
	fmt.Println(len(bag(ctx)))
}
