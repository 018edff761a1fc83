"""GM105 write-under-rlock: a map is written while only the reader's lock (`RLock`) is held."""

from __future__ import annotations

from golint_maps.conflict_rule import ConflictRule
from golint_maps.finding import Level


class WriteUnderRLock(ConflictRule):
    """A map is written while only the reader's lock (`RLock`) is held.

    ## What it reports

    A write, a `delete`, a `clear` or the assignment of a new map while a `sync.RWMutex` is held with `RLock` (or the lock of
    `RLocker()`) and no exclusive lock is. The write may stand in a function that is called: a `Get` that creates or expires
    entries, a lazily made map, a counter of hits.

    ## Why it hurts

    `RLock` lets several goroutines in at once; that is its purpose. So two of these writes overlap, and each overlaps with the
    reads: `fatal error: concurrent map writes` or `concurrent map read and map write`, which `recover` can't stop. The code
    looks locked, which is why reviews pass it.

    ## Bad

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    type Cache struct {
        mu    sync.RWMutex
        items map[int]string
    }

    func (c *Cache) Get(n int) string {
        c.mu.RLock()
        defer c.mu.RUnlock()
        if text, ok := c.items[n]; ok {
            return text
        }
        text := fmt.Sprint(n)
        c.items[n] = text
        return text
    }

    func main() {
        c := &Cache{items: map[int]string{}}
        var wg sync.WaitGroup
        for i := 0; i < 8; i++ {
            wg.Add(1)
            go func(n int) {
                defer wg.Done()
                fmt.Println(c.Get(n))
            }(i)
        }
        wg.Wait()
    }
    ```

    ## Good

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    type Cache struct {
        mu    sync.RWMutex
        items map[int]string
    }

    func (c *Cache) Get(n int) string {
        c.mu.RLock()
        text, ok := c.items[n]
        c.mu.RUnlock()
        if ok {
            return text
        }
        c.mu.Lock()
        defer c.mu.Unlock()
        if text, ok := c.items[n]; ok {
            return text
        }
        text = fmt.Sprint(n)
        c.items[n] = text
        return text
    }

    func main() {
        c := &Cache{items: map[int]string{}}
        var wg sync.WaitGroup
        for i := 0; i < 8; i++ {
            wg.Add(1)
            go func(n int) {
                defer wg.Done()
                fmt.Println(c.Get(n))
            }(i)
        }
        wg.Wait()
    }
    ```

    ## When it stays silent

    - `RUnlock` and then `Lock` come before the write.
    - An exclusive lock is held as well, for instance that of the element whose map is written.
    - The map that is written is local to the function.

    ## How to fix

    Take the lock with `Lock`. To keep the fast path: look under `RLock`, give it back, take `Lock`, look again, then write.
    The second look matters, because another goroutine may have been faster (GM107). A `sync.RWMutex` can't be upgraded: `Lock`
    while the same goroutine holds `RLock` waits forever (GM111).

    ## Configure and suppress

    `--ignore GM105` turns the rule off, and `ignore` of `[[per-path]]` in `.golint-maps.toml` does so for some files.
    `//golint-maps:ignore GM105 reason` or `//nolint:GM105 // reason` on the line or the line above it silences one
    finding.

    ## References

    - [sync.RWMutex](https://pkg.go.dev/sync#RWMutex), which "can be held by an arbitrary number of readers or a single writer"
    - [The Go Memory Model](https://go.dev/ref/mem): what is a data race, and what orders two accesses
    - [golang/go#31516](https://go.dev/issue/31516): the runtime's check is best-effort, and meant to be
    """

    id = "GM105"
    name = "write-under-rlock"
    level = Level.ERROR
