"""GM108 wrong-lock: a lock is held while a map is touched, but not one that protects this map."""

from __future__ import annotations

from golint_maps.conflict_rule import ConflictRule
from golint_maps.finding import Level


class WrongLock(ConflictRule):
    """A lock is held while a map is touched, but not one that protects this map.

    ## What it reports

    - A copy of the lock: the method has a value receiver, so that each call locks a mutex of its own while the map is shared.
    - A mutex that is made inside the function for this call alone, or inside a loop anew for each goroutine that it starts.
    - The lock of another object of the same type: `a.mu` held, `b.m` written.
    - The lock of one of the objects that a package variable's map holds: there are many of them, and one map.
    - Another lock of the same struct or package than the one that guards the map elsewhere.

    ## Why it hurts

    Two goroutines exclude each other only if both lock the same mutex. Here each has one of its own, so the accesses overlap
    as if there were no lock at all: `fatal error: concurrent map writes`, or lost entries. `go vet` (copylocks) sees the
    copied mutex; it doesn't see the other three.

    ## Bad

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    var sessions = map[int]string{}

    func open(id int) {
        var mu sync.Mutex
        mu.Lock()
        defer mu.Unlock()
        sessions[id] = "open"
    }

    func main() {
        var wg sync.WaitGroup
        for i := 0; i < 8; i++ {
            wg.Add(1)
            go func(id int) {
                defer wg.Done()
                open(id)
            }(i)
        }
        wg.Wait()
        fmt.Println(len(sessions))
    }
    ```

    ## Good

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    var (
        mu       sync.Mutex
        sessions = map[int]string{}
    )

    func open(id int) {
        mu.Lock()
        defer mu.Unlock()
        sessions[id] = "open"
    }

    func main() {
        var wg sync.WaitGroup
        for i := 0; i < 8; i++ {
            wg.Add(1)
            go func(id int) {
                defer wg.Done()
                open(id)
            }(i)
        }
        wg.Wait()
        fmt.Println(len(sessions)) // 8
    }
    ```

    ## When it stays silent

    - The mutex and the map are both local to the function which starts the goroutines.
    - A value receiver with a pointer to the mutex: the copy leads to the same lock.
    - Each of several maps has a lock of its own, or each shard has both.
    - The lock is reached through a pointer that may lead to the right one.

    ## How to fix

    Keep one mutex beside the map, in the same struct or the same `var` block, and reach both through the same pointer. Give
    methods of a type with a mutex pointer receivers, and store pointers to such structs in maps and slices.

    ## Configure and suppress

    `--ignore GM108` turns the rule off, and `ignore` of `[[per-path]]` in `.golint-maps.toml` does so for some files.
    `//golint-maps:ignore GM108 reason` or `//nolint:GM108 // reason` on the line or the line above it silences one
    finding.

    ## References

    - [sync.Mutex](https://pkg.go.dev/sync#Mutex): "A Mutex must not be copied after first use."
    - [copylocks](https://pkg.go.dev/golang.org/x/tools/go/analysis/passes/copylock) of `go vet`
    - [The Go Memory Model](https://go.dev/ref/mem): what is a data race, and what orders two accesses
    """

    id = "GM108"
    name = "wrong-lock"
    level = Level.ERROR
