"""GM102 concurrent-map-read-write: a map may be read while another goroutine writes it, with no lock that excludes it."""

from __future__ import annotations

from golint_maps.conflict_rule import ConflictRule
from golint_maps.finding import Level


class ConcurrentMapReadWrite(ConflictRule):
    """A map may be read while another goroutine writes it, with no lock that excludes it.

    ## What it reports

    A read and a write of one map on different goroutines without a common lock. A read is a lookup with or without comma-ok,
    `len`, a comparison with nil, and functions which only look (`maps.Equal`). The writes are those of GM101, and the
    assignment of another map to the variable is one of them. A range over the map is GM103.

    Levels: an error if both goroutines are in sight and the map is one for all (a package variable, a captured variable, or a
    lock is held on one side); a warning for a map in an object; a note if only one goroutine is in sight and no lock tells
    that the object is shared. Where an object is given another map, without a lock on either side, only
    `--min-confidence low` shows it: that is how objects are prepared.

    ## Why it hurts

    The read may meet a table that is just being moved. The runtime notices some of these reads and ends the process:
    `fatal error: concurrent map read and map write`, which `recover` can't stop. `len` and the read of a replaced variable
    are never noticed in a normal build; only `go test -race` sees them, and only on paths that a test takes.

    ## Bad

    ```go
    package main

    import "fmt"

    func main() {
        prices := map[string]int{"tea": 3}
        done := make(chan struct{})
        go func() {
            prices["coffee"] = 4
            close(done)
        }()
        fmt.Println(prices["tea"])
        <-done
    }
    ```

    ## Good

    ```go
    package main

    import "fmt"

    func main() {
        prices := map[string]int{"tea": 3}
        done := make(chan struct{})
        go func() {
            prices["coffee"] = 4
            close(done)
        }()
        <-done
        fmt.Println(prices["tea"])
    }
    ```

    ## When it stays silent

    - Both sides hold one lock; two readers' locks are enough where nobody writes.
    - The map is only written before the readers start, or the readers begin after a join (`Wait`, a receive).
    - An atomic was loaded before the read: the order may rest on it.
    - The reader and the writer belong to different objects, as far as one can tell.

    ## How to fix

    Take the same lock on both sides: `RLock` of a `sync.RWMutex` is enough for the reader. Where the map is complete before
    anybody reads it, start the readers after it is filled. For a map that is replaced as a whole, keep it in an
    `atomic.Pointer[map[K]V]` and never write the one that was stored.

    ## Configure and suppress

    `--ignore GM102` turns the rule off, and `ignore` of `[[per-path]]` in `.golint-maps.toml` does so for some files.
    `//golint-maps:ignore GM102 reason` or `//nolint:GM102 // reason` on the line or the line above it silences one
    finding.

    ## References

    - [The Go Memory Model](https://go.dev/ref/mem): what is a data race, and what orders two accesses
    - [FAQ: why are map operations not defined to be atomic?](https://go.dev/doc/faq#atomic_maps)
    - [golang/go#50876](https://go.dev/issue/50876): reads are noticed on a best-effort basis
    - [sync.RWMutex](https://pkg.go.dev/sync#RWMutex)
    """

    id = "GM102"
    name = "concurrent-map-read-write"
    level = Level.ERROR
