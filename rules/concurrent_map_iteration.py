"""GM103 concurrent-map-iteration: a map may be ranged over while another goroutine writes it, with no lock that excludes it."""

from __future__ import annotations

from golint_maps.conflict_rule import ConflictRule
from golint_maps.finding import Level


class ConcurrentMapIteration(ConflictRule):
    """A map may be ranged over while another goroutine writes it, with no lock that excludes it.

    ## What it reports

    A `range` over a map, or a function that walks through one, beside a write on another goroutine without a common lock.
    Functions that walk through a map: `maps.Keys`, `maps.Values`, `maps.All` and `maps.Clone`, `json.Marshal` and its kin,
    `fmt.Println(m)` and `%v`, `reflect.Value.MapRange` and `reflect.DeepEqual`. Printing or encoding a struct walks through
    the maps in it.

    Levels: an error if both goroutines are in sight and the map is one for all (a package variable, a captured variable, or a
    lock is held on one side); a warning for a map in an object; a note if only one goroutine is in sight and no lock tells
    that the object is shared. Where an object is given another map, without a lock on either side, only
    `--min-confidence low` shows it: that is how objects are prepared.

    ## Why it hurts

    An iteration takes long, so a writer meets it easily. The runtime notices some of that and ends the process:
    `fatal error: concurrent map iteration and map write` (or `concurrent map clone and map write`), which `recover` can't
    stop. What it doesn't notice skips entries or shows them twice. The race detector never reports `maps.Clone`.

    ## Bad

    ```go
    package main

    import (
        "fmt"
        "time"
    )

    func main() {
        seen := map[int]time.Time{}
        go func() {
            for range time.Tick(time.Millisecond) {
                for id, at := range seen {
                    fmt.Println(id, time.Since(at))
                }
            }
        }()
        for i := 0; i < 1000; i++ {
            seen[i%10] = time.Now()
            time.Sleep(time.Microsecond)
        }
    }
    ```

    ## Good

    ```go
    package main

    import (
        "fmt"
        "maps"
        "sync"
        "time"
    )

    func main() {
        seen := map[int]time.Time{}
        var mu sync.Mutex
        go func() {
            for range time.Tick(time.Millisecond) {
                mu.Lock()
                snapshot := maps.Clone(seen)
                mu.Unlock()
                for id, at := range snapshot {
                    fmt.Println(id, time.Since(at))
                }
            }
        }()
        for i := 0; i < 1000; i++ {
            mu.Lock()
            seen[i%10] = time.Now()
            mu.Unlock()
            time.Sleep(time.Microsecond)
        }
    }
    ```

    ## When it stays silent

    - Both sides hold one lock, or one is over before the other begins.
    - A copy that was made under the lock is ranged over (`maps.Clone`, a slice of keys).
    - The map was swapped for a new one under the lock, and the old one is ranged over after that.
    - The writes are in the body of the loop, on the same goroutine: that is GM201 and GM202.

    ## How to fix

    Hold the lock for the whole loop, not inside its body. If the body is slow, or takes locks of its own, clone the map under
    the lock and range over the clone. `maps.Clone` is shallow: maps and pointers inside stay shared.

    ## Configure and suppress

    `--ignore GM103` turns the rule off, and `ignore` of `[[per-path]]` in `.golint-maps.toml` does so for some files.
    `//golint-maps:ignore GM103 reason` or `//nolint:GM103 // reason` on the line or the line above it silences one
    finding.

    ## References

    - [The Go Memory Model](https://go.dev/ref/mem): what is a data race, and what orders two accesses
    - [For statements with range clause](https://go.dev/ref/spec#For_range)
    - [golang/go#16278](https://go.dev/issue/16278): an iteration counts as a read for the whole time
    - [maps.Clone](https://pkg.go.dev/maps#Clone)
    """

    id = "GM103"
    name = "concurrent-map-iteration"
    level = Level.ERROR
