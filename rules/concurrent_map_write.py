"""GM101 concurrent-map-write: two goroutines may write one map at the same time, with no lock that excludes it."""

from __future__ import annotations

from golint_maps.conflict_rule import ConflictRule
from golint_maps.finding import Level


class ConcurrentMapWrite(ConflictRule):
    """Two goroutines may write one map at the same time, with no lock that excludes it.

    ## What it reports

    Two writes of one map, or the same write on several goroutines, that may overlap without a common lock. A write is
    `m[k] = v`, `m[k]++`, `m[k] = append(m[k], v)`, `delete`, `clear`, `maps.Copy` into the map, a decoder that fills it,
    and the assignment of another map to the variable or field. Different keys are no excuse: a write changes the table
    that all keys share.

    Goroutines are those of `go` statements, `WaitGroup.Go`, `errgroup`, timers, HTTP handlers (one goroutine for each
    request), parallel subtests, and more that libraries start. The report names where they start.

    Levels: an error if both goroutines are in sight and the map is one for all (a package variable, a captured variable, or a
    lock is held on one side); a warning for a map in an object; a note if only one goroutine is in sight and no lock tells
    that the object is shared. Where an object is given another map, without a lock on either side, only
    `--min-confidence low` shows it: that is how objects are prepared.

    ## Why it hurts

    The runtime notices some of these writes and ends the process: `fatal error: concurrent map writes`, exit status 2. It
    is no panic, and `recover` doesn't help. The check is best-effort: two goroutines with 100 writes each passed it in most
    runs. What it doesn't notice loses entries or corrupts the table without a word.

    ## Bad

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    func main() {
        squares := map[int]int{}
        var wg sync.WaitGroup
        for i := 0; i < 100; i++ {
            wg.Add(1)
            go func(n int) {
                defer wg.Done()
                squares[n] = n * n
            }(i)
        }
        wg.Wait()
        fmt.Println(len(squares))
    }
    ```

    ## Good

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    func main() {
        squares := map[int]int{}
        var mu sync.Mutex
        var wg sync.WaitGroup
        for i := 0; i < 100; i++ {
            wg.Add(1)
            go func(n int) {
                defer wg.Done()
                mu.Lock()
                defer mu.Unlock()
                squares[n] = n * n
            }(i)
        }
        wg.Wait()
        fmt.Println(len(squares)) // 100
    }
    ```

    ## When it stays silent

    - All writes hold one lock, which may be taken by the callers, by a helper method, or by `withLock(func() { … })`.
    - One side is over before the other begins: writes before the goroutines start, or after `Wait` or the receive that
      joins them.
    - Each goroutine has a map of its own, or its own element of a slice of maps.
    - Only one goroutine ever touches the map (it may be asked through channels).
    - The object is still being made: nobody else can reach it.
    - The other goroutine, or the type of the map, can't be found in the code that is there.

    ## How to fix

    Put a `sync.Mutex` beside the map and take it for every access, also for reads. Or let each goroutine fill a map of its
    own and merge them after `Wait`. Or send the results over a channel to one goroutine which owns the map. `sync.Map` fits
    when keys are written once and read often.

    ## Configure and suppress

    `--ignore GM101` turns the rule off, and `ignore` of `[[per-path]]` in `.golint-maps.toml` does so for some files.
    `//golint-maps:ignore GM101 reason` or `//nolint:GM101 // reason` on the line or the line above it silences one
    finding.

    ## References

    - [The Go Memory Model](https://go.dev/ref/mem): what is a data race, and what orders two accesses
    - [FAQ: why are map operations not defined to be atomic?](https://go.dev/doc/faq#atomic_maps)
    - [golang/go#31516](https://go.dev/issue/31516): the runtime's check is best-effort, and meant to be
    - [sync.Mutex](https://pkg.go.dev/sync#Mutex), [sync.Map](https://pkg.go.dev/sync#Map)
    """

    id = "GM101"
    name = "concurrent-map-write"
    level = Level.ERROR
