"""GM311 syncmap-mixed."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Confidence, Finding, Level, Location, Related
from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_name
from golint_maps.flow.syncmaps import SyncCall, SyncMaps, same_key, sync_calls, sync_maps
from golint_maps.flow.syncpaths import Step, alone, in_parallel, private, private_place, steps
from golint_maps.rule import Rule


class SyncmapMixed(Rule):
    """The same data is kept in a `sync.Map` and a plain map, and no lock keeps the two together.

    ## What it reports

    - A function that stores or deletes one key in a `sync.Map` and, without a lock, in a plain map next to it.
    - A plain map that is put into a `sync.Map` and written afterwards by the function that has put it there.

    ## Why it hurts

    The `sync.Map` is safe for many goroutines, the plain map is not: the same callers who need the one will race on the
    other, and the runtime ends the program with `concurrent map writes`. Even where that doesn't happen, others see the
    key in one of the two and not in the other. A map that has been stored is shared from then on; a `sync.Map` guards
    its own table and not what is in it.

    ## Bad

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    type Users struct {
        byID   sync.Map
        online map[int]bool
    }

    func (u *Users) Join(id int, name string) {
        u.byID.Store(id, name)
        u.online[id] = true // callers of Join race here
    }

    func main() {
        u := &Users{online: map[int]bool{}}
        done := make(chan bool)
        go func() { u.Join(1, "ann"); done <- true }()
        u.Join(2, "bob")
        <-done
        fmt.Println(len(u.online))
    }
    ```

    ## Good

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    type Users struct {
        mu     sync.Mutex
        byID   map[int]string
        online map[int]bool
    }

    func (u *Users) Join(id int, name string) {
        u.mu.Lock()
        defer u.mu.Unlock()
        u.byID[id] = name
        u.online[id] = true
    }

    func main() {
        u := &Users{byID: map[int]string{}, online: map[int]bool{}}
        done := make(chan bool)
        go func() { u.Join(1, "ann"); done <- true }()
        u.Join(2, "bob")
        <-done
        fmt.Println(len(u.online))
    }
    ```

    ## When it stays silent

    The confidence is low if the package does not show that the function runs on several goroutines. Silent if a lock is
    held at the write of the plain map; the object is private to the function; other keys; the maps belong to
    different objects.

    ## How to fix

    Keep one structure: both as plain maps under one mutex, or both facts in one value of the `sync.Map`. Fill a map
    before it is stored.

    ## Configure and suppress

    `--ignore GM311`, or `ignore = ["GM311"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM311 // reason` or `//golint-maps:ignore GM311 reason`.

    ## References

    - [sync.Map](https://pkg.go.dev/sync#Map)
    - [The Go Memory Model](https://go.dev/ref/mem)
    """

    id = "GM311"
    name = "syncmap-mixed"
    level = Level.WARNING

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Compare the writes of plain maps with the calls on sync.Maps."""
        calls = [c for c in sync_calls(function, package) if c.method in ("Store", "LoadOrStore", "Delete")]
        if not calls:
            return
        maps = sync_maps(package)
        if alone(function, maps):
            return
        for step in steps(function, maps):
            if isinstance(step.op, ir.Access) and step.op.kind in ("write", "delete") and not step.point.held:
                for call in calls:
                    inside = _inside(step, step.op, call, maps)
                    message = inside or _beside(step.op, call, maps)
                    if message and not private(call, maps):
                        # A sync.Map may be there for other reasons than that callers of this function run in parallel.
                        yield self._report(call, step.op, message, bool(inside) or in_parallel([function], maps))
                        break

    def _report(self, call: SyncCall, access: ir.Access, message: str, sure: bool) -> Finding:
        return self.finding(
            call.function,
            access.at,
            message,
            map_name=place_name(access.map),
            hint="keep one structure under one lock",
            confidence=Confidence.MEDIUM if sure else Confidence.LOW,
            related=[Related(Location(call.function.path, *call.op.at), f"{call.method} of {call.name} is here")],
        )


def _beside(access: ir.Access, call: SyncCall, maps: SyncMaps) -> str:
    """A plain map in the same object that is given the same key."""
    plain, synced = maps.resolve(access.map), ir.strip(call.map)
    if not isinstance(plain, ir.Field) or not isinstance(synced, ir.Field) or plain.base != synced.base:
        return ""
    start = ir.root(plain)
    if isinstance(start, ir.Local) and private_place(start.variable, maps):
        return ""
    if access.key is None or call.key is None or not same_key(access.key, call.key):
        return ""
    return (
        f"{ir.text_of(plain)} is a plain map that is changed together with the sync.Map {call.name}, "
        "but without a lock: callers race on it, and others see one of the two changes only"
    )


def _inside(step: Step, access: ir.Access, call: SyncCall, maps: SyncMaps) -> str:
    """A plain map that was stored before it is written."""
    bare = ir.strip(access.map)
    stored = ir.strip(call.value) if call.value is not None else None
    if not isinstance(bare, ir.Local) or stored != bare or call.op not in step.point.past:
        return ""
    if step.point.hit.get(call) is True or maps.package.world.map_type(bare.type) is None:
        return ""
    return (
        f"{ir.text_of(bare)} is written after it was stored in {call.name}, where other goroutines may have it already"
    )
