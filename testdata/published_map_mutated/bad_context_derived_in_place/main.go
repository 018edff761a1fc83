// fails: race
// Who derives a context leaves the one that it was given alone: others go on with that.
package main

import (
	"context"
	"sync"
)

type bagKey struct{}

func bag(ctx context.Context) map[string]string {
	m, _ := ctx.Value(bagKey{}).(map[string]string)
	return m
}

func With(ctx context.Context, key, value string) context.Context {
	m := bag(ctx)
	if m == nil {
		m = map[string]string{}
	}
	m[key] = value // want "GM109 .*m is written in place"
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
}
