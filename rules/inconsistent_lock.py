"""GM104 inconsistent-lock: a map is guarded by a lock in most places, but touched here without it."""

from __future__ import annotations

from golint_maps.conflict_rule import ConflictRule
from golint_maps.finding import Level


class InconsistentLock(ConflictRule):
    """A map is guarded by a lock in most places, but touched here without it.

    ## What it reports

    For each map, the lock that guards it: the one that a comment names (`// guarded by mu`, `// protected by s.mu`,
    `+checklocks:mu`), or the one that is held in most places and for the writes. An access without it is reported when a
    write under the lock, or any other write, may happen at the same time. Usual shapes: the check in an `if` before `Lock`,
    a `len` after `Unlock`, the lock taken inside the range instead of around it, the unlocked first look of double-checked
    locking, one `switch` case, and a `…Locked` helper with one caller who doesn't hold the lock.

    A map of another package counts if that package itself touches an exported field or variable under the lock beside it,
    and this one does so without any lock: on a goroutine, in a handler, or in a method of an object that keeps the other.

    Writes and ranges are errors when the evidence is strong, reads are warnings. An object that is given another map without
    the lock is a note, unless both goroutines are in sight: often that is how it is prepared.

    ## Why it hurts

    A lock works only if everybody takes it. The access without it races with all those that hold the lock, with the effects
    of GM101 to GM103: a fatal error that can't be recovered, lost entries, or nothing until the load grows.

    ## Bad

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    type Sessions struct {
        mu   sync.Mutex
        open map[string]int
    }

    func (s *Sessions) Open(name string) {
        s.mu.Lock()
        defer s.mu.Unlock()
        s.open[name]++
    }

    func (s *Sessions) Close(name string) {
        s.mu.Lock()
        defer s.mu.Unlock()
        delete(s.open, name)
    }

    func (s *Sessions) Reset(name string) {
        s.open[name] = 0
    }

    func main() {
        s := &Sessions{open: map[string]int{}}
        var wg sync.WaitGroup
        for i := 0; i < 4; i++ {
            wg.Add(1)
            go func() {
                defer wg.Done()
                s.Open("ann")
                s.Reset("ann")
                s.Close("ann")
            }()
        }
        wg.Wait()
        fmt.Println("done")
    }
    ```

    ## Good

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    type Sessions struct {
        mu   sync.Mutex
        open map[string]int
    }

    func (s *Sessions) Open(name string) {
        s.mu.Lock()
        defer s.mu.Unlock()
        s.open[name]++
    }

    func (s *Sessions) Close(name string) {
        s.mu.Lock()
        defer s.mu.Unlock()
        delete(s.open, name)
    }

    func (s *Sessions) Reset(name string) {
        s.mu.Lock()
        defer s.mu.Unlock()
        s.open[name] = 0
    }

    func main() {
        s := &Sessions{open: map[string]int{}}
        var wg sync.WaitGroup
        for i := 0; i < 4; i++ {
            wg.Add(1)
            go func() {
                defer wg.Done()
                s.Open("ann")
                s.Reset("ann")
                s.Close("ann")
            }()
        }
        wg.Wait()
        fmt.Println("done")
    }
    ```

    ## When it stays silent

    - The callers hold the lock: seen at all their calls, or said by a name that ends in `Locked`, by a comment ("caller must
      hold mu"), or by `+checklocks:mu` on the function.
    - The object is being made, or set up by functions whose names say so (`New…`, `Init…`, `Register…`) before it is shared.
    - The map is never written after that.
    - No lock is held often enough to be called the guard.
    - The object of another package was made here, came out of a call, or was handed down by unknown callers.

    ## How to fix

    Take the lock that the report names around the access. For an access that is part of a larger step, move `Lock` up so
    that the check and the act are in one critical section. If the lock of another package is out of reach, let a method there do
    the work, or hand out a copy. If the lock is really not needed here, say why in a suppression.

    ## Configure and suppress

    `--ignore GM104` turns the rule off, and `ignore` of `[[per-path]]` in `.golint-maps.toml` does so for some files.
    A comment such as `// guarded by mu` on the field or variable names the guard, where the code alone does not tell.
    `//golint-maps:ignore GM104 reason` or `//nolint:GM104 // reason` on the line or the line above it silences one
    finding.

    ## References

    - [The Go Memory Model](https://go.dev/ref/mem): what is a data race, and what orders two accesses
    - [FAQ: why are map operations not defined to be atomic?](https://go.dev/doc/faq#atomic_maps)
    - [golang/go#20143](https://go.dev/issue/20143): a cache with a lock, and one look at the map without it
    - [sync.Mutex](https://pkg.go.dev/sync#Mutex)
    """

    id = "GM104"
    name = "inconsistent-lock"
    level = Level.ERROR
