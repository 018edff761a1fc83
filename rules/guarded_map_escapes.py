"""GM106 guarded-map-escapes: a reference to a guarded map leaves the critical section, and is used without the lock."""

from __future__ import annotations

from golint_maps.conflict_rule import ConflictRule
from golint_maps.finding import Level


class GuardedMapEscapes(ConflictRule):
    """A reference to a guarded map leaves the critical section, and is used without the lock.

    ## What it reports

    A map is guarded by a lock (as for GM104) and written under it later on, and

    - its reference, or that of a map inside it, is returned or sent on a channel, alone, inside of a struct, or
      collected in a slice or map, or
    - a pointer to an entry is handed out whose own maps are changed under the lock of the map that holds it, or
    - a local variable that holds the reference is used after `Unlock`.

    It is a note if the map is filled once, where it was found empty: then it changes no more, unless whoever gets it does that.

    ## Why it hurts

    A map value is a reference. `return s.m` under the lock copies the reference, not the entries; the caller then reads or
    ranges over the very map that others write under the lock. The effects are those of GM102 and GM103, far away from the
    code that is at fault.

    ## Bad

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    type Config struct {
        mu     sync.Mutex
        values map[string]int
    }

    func (c *Config) Set(name string, value int) {
        c.mu.Lock()
        defer c.mu.Unlock()
        c.values[name] = value
    }

    func (c *Config) All() map[string]int {
        c.mu.Lock()
        defer c.mu.Unlock()
        return c.values
    }

    func main() {
        c := &Config{values: map[string]int{"a": 1}}
        go c.Set("b", 2)
        for name, value := range c.All() {
            fmt.Println(name, value)
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
    )

    type Config struct {
        mu     sync.Mutex
        values map[string]int
    }

    func (c *Config) Set(name string, value int) {
        c.mu.Lock()
        defer c.mu.Unlock()
        c.values[name] = value
    }

    func (c *Config) All() map[string]int {
        c.mu.Lock()
        defer c.mu.Unlock()
        return maps.Clone(c.values)
    }

    func main() {
        c := &Config{values: map[string]int{"a": 1}}
        go c.Set("b", 2)
        for name, value := range c.All() {
            fmt.Println(name, value)
        }
    }
    ```

    ## When it stays silent

    - A copy leaves (`maps.Clone`, a new map, a slice of the keys).
    - The map is replaced as a whole and never written in place (copy-on-write).
    - The field was given a new map under the lock, so that the old one belongs to whoever took it.
    - An entry leaves that has a lock of its own, or whose maps are not changed under the lock of the map that holds it.
    - The caller holds the lock, for instance of a `…Locked` helper.
    - Nobody writes the map while it holds the lock.

    ## How to fix

    Return `maps.Clone(m)`, made under the lock. Or do the work inside the critical section, by a method that takes a function.
    A clone is shallow: clone the inner maps of a map of maps too. An iterator (`maps.Keys`, `maps.All`) is lazy and has to be
    used up under the lock: `slices.Collect(maps.Keys(m))`.

    ## Configure and suppress

    `--ignore GM106` turns the rule off, and `ignore` of `[[per-path]]` in `.golint-maps.toml` does so for some files.
    `//golint-maps:ignore GM106 reason` or `//nolint:GM106 // reason` on the line or the line above it silences one
    finding.

    ## References

    - [Map types](https://go.dev/ref/spec#Map_types), [maps.Clone](https://pkg.go.dev/maps#Clone)
    - [The Go Memory Model](https://go.dev/ref/mem): what is a data race, and what orders two accesses
    - [golang/go#16278](https://go.dev/issue/16278): an iteration is a read for its whole length
    """

    id = "GM106"
    name = "guarded-map-escapes"
    level = Level.WARNING
