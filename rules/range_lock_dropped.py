"""GM206 range-lock-dropped."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Confidence, Finding, Level, Location, Related
from golint_maps.flow import ir
from golint_maps.flow.dropping import Drop, drops
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_name
from golint_maps.flow.ranging import MapLoop, map_loops
from golint_maps.rule import Rule


class RangeLockDropped(Rule):
    """The lock that guards a map is given up and taken again inside a range over that map.

    ## What it reports

    A range over a shared map that begins with a lock held, whose body unlocks it and locks it again before the next
    iteration, itself or in a function of the package that it calls. Somewhere else in the package, keys of the map are
    inserted or deleted.

    ## Why it hurts

    While the lock is free, others insert and delete under the iterator. That is no data race, for each step of the
    iteration happens under the lock, but the loop does not see one state of the map: entries that are inserted
    meanwhile may be visited or not, entries that are deleted are missed, and with a map that keeps growing the loop
    may go on for long. Values that were read before the gap are stale after it.

    ## Bad

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    type Hub struct {
        mu    sync.Mutex
        conns map[int]string
    }

    func (h *Hub) Add(id int, name string) {
        h.mu.Lock()
        defer h.mu.Unlock()
        h.conns[id] = name
    }

    func (h *Hub) Each(f func(string)) {
        h.mu.Lock()
        defer h.mu.Unlock()
        for _, name := range h.conns {
            h.mu.Unlock()
            f(name)
            h.mu.Lock()
        }
    }

    func main() {
        h := &Hub{conns: map[int]string{1: "ann"}}
        h.Each(func(name string) { h.Add(len(h.conns)+1, name+"'") })
        fmt.Println(len(h.conns)) // 2, or 3, or 5
    }
    ```

    ## Good

    ```go
    package main

    import (
        "fmt"
        "maps"
        "slices"
        "sync"
    )

    type Hub struct {
        mu    sync.Mutex
        conns map[int]string
    }

    func (h *Hub) Add(id int, name string) {
        h.mu.Lock()
        defer h.mu.Unlock()
        h.conns[id] = name
    }

    func (h *Hub) Each(f func(string)) {
        h.mu.Lock()
        names := slices.Collect(maps.Values(h.conns))
        h.mu.Unlock()
        for _, name := range names {
            f(name)
        }
    }

    func main() {
        h := &Hub{conns: map[int]string{1: "ann"}}
        h.Each(func(name string) { h.Add(len(h.conns)+1, name+"'") })
        fmt.Println(len(h.conns)) // 2
    }
    ```

    ## When it stays silent

    - The loop is left after the unlock (`return`, `break`).
    - The range goes over a snapshot: a clone, collected keys, a map that was swapped out.
    - Nothing inserts into the map or deletes from it while it is shared.

    ## How to fix

    Take a snapshot of the keys or values under the lock and range over that; look each key up again under the lock
    where it has to be there still.

    ## Configure and suppress

    `--ignore GM206` turns the rule off; `//golint-maps:ignore GM206 reason` or `//nolint:GM206 // reason` on the line
    or the line above it silences one finding.

    ## References

    - [For statements with range clause](https://go.dev/ref/spec#For_range)
    - [golang/go#35239](https://go.dev/issue/35239): what a range sees when a lock is released between its steps
    """

    id = "GM206"
    name = "range-lock-dropped"
    level = Level.WARNING

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Report the function's loops over maps that give up the map's lock."""
        for loop in map_loops(function, package):
            for drop in drops(loop, package):
                yield self._report(loop, drop)

    def _report(self, loop: MapLoop, drop: Drop) -> Finding:
        name = ir.text_of(loop.written)
        lock = ir.text_of(drop.lock.path) if drop.lock.path is not None else "the lock"
        by = f" by {drop.call.callee.name}" if drop.call is not None else ""
        related = [Related(Location(loop.function.path, *loop.head), f"`{name}` is ranged over here")]
        if drop.call is not None:
            callee = drop.call.callee
            related.append(Related(Location(callee.path, *drop.release), f"{callee.name} releases `{lock}` here"))
        return self.finding(
            loop.function,
            drop.at,
            f"`{lock}` is released{by} and taken again while ranging over `{name}`, which others may change meanwhile: "
            "which entries the loop visits is random",
            map_name=place_name(loop.map),
            hint=f"copy the keys or values of `{name}` under the lock, and range over the copy",
            confidence=Confidence.MEDIUM if drop.call is not None else Confidence.HIGH,
            related=related,
        )
