"""GM309 syncmap-reset."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Edit, Finding, Fix, Level, Location
from golint_maps.flow import ir
from golint_maps.flow.naming import runs_once
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_key, place_name
from golint_maps.flow.syncmaps import SyncMaps, holds_sync_map, is_sync_map, sync_maps
from golint_maps.flow.syncpaths import alone, locked, private_place
from golint_maps.rule import Rule


class SyncmapReset(Rule):
    """A `sync.Map` that others use is emptied by assigning a new one over it.

    ## What it reports

    `s.m = sync.Map{}`, or the assignment of a whole struct literal over one that holds a `sync.Map`, where other
    goroutines may be using the map: a field of an object that was made elsewhere, or a package variable.

    ## Why it hurts

    The methods of `sync.Map` synchronise with each other, an assignment does not. It overwrites the insides of the map
    while another goroutine may be in the middle of a `Load` or `Store`: a data race, after which entries are lost or
    reappear. `go vet` accepts it, because a literal is no copy.

    ## Bad

    ```go
    package main

    import "sync"

    type Cache struct{ entries sync.Map }

    func (c *Cache) Reset() { c.entries = sync.Map{} }

    func main() {
        c := &Cache{}
        var wg sync.WaitGroup
        wg.Add(1)
        go func() {
            defer wg.Done()
            c.entries.Store("a", 1)
        }()
        c.Reset()
        wg.Wait()
    }
    ```

    ## Good

    ```go
    package main

    import "sync"

    type Cache struct{ entries sync.Map }

    func (c *Cache) Reset() {
        c.entries.Range(func(key, _ any) bool { // Go 1.23 has c.entries.Clear()
            c.entries.Delete(key)
            return true
        })
    }

    func main() {
        c := &Cache{}
        var wg sync.WaitGroup
        wg.Add(1)
        go func() {
            defer wg.Done()
            c.entries.Store("a", 1)
        }()
        c.Reset()
        wg.Wait()
    }
    ```

    ## When it stays silent

    The object is still private to the function which has made it, the function only runs before any goroutine is
    started, or every use of the map in the package holds a lock. Tests, which reset between cases.

    ## How to fix

    `Clear()` (Go 1.23), which the fix does, or `Range` and `Delete`. Where readers must see either all or nothing, keep an
    `atomic.Pointer[sync.Map]` and store a new one.

    ## Configure and suppress

    `--ignore GM309`, or `ignore = ["GM309"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM309 // reason` or `//golint-maps:ignore GM309 reason`.

    ## References

    - [sync.Map.Clear](https://pkg.go.dev/sync#Map.Clear), [sync.Map](https://pkg.go.dev/sync#Map)
    - [golang/go#61696](https://go.dev/issue/61696): the proposal of `Clear`
    - [The Go Memory Model](https://go.dev/ref/mem)
    """

    id = "GM309"
    name = "syncmap-reset"
    level = Level.WARNING

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Report assignments of new maps over old ones."""
        world = package.world
        if function.is_test:
            return
        for op in package.index(function).ops(ir.Assign):
            if op.define or not isinstance(op.value, ir.Composite):
                continue
            if not holds_sync_map(op.target.type, world):
                continue
            maps = sync_maps(package)
            if alone(function, maps) or runs_once(function) or _still_private(op.target, maps):
                continue
            if _is_filled(op, function, maps):
                continue
            whole = is_sync_map(op.target.type, world)
            if _always_locked(op.target, whole, maps):
                continue
            yield self._report(function, op, whole)

    def _report(self, function: ir.Function, op: ir.Assign, whole: bool) -> Finding:
        name = ir.text_of(op.target)
        simple = whole and isinstance(op.target, (ir.Field, ir.Global)) and isinstance(op.value, ir.Composite)
        fix = None
        if simple and function.go_version >= (1, 23) and op.value is not None and op.at[1] == op.value.at[1]:
            rest = Location(function.path, op.target.at[1], op.at[1])
            fix = Fix("Empty the map with Clear", (Edit(rest, ".Clear()"),), safe=True)
        return self.finding(
            function,
            op.at,
            f"{name} is replaced while other goroutines may be using {'it' if whole else 'the sync.Map in it'}: "
            "the assignment is not synchronised with their calls",
            map_name=place_name(op.target),
            hint="empty it with Clear() (Go 1.23) or with Range and Delete",
            fix=fix,
        )


def _still_private(target: ir.Value, maps: SyncMaps) -> bool:
    start = ir.root(maps.resolve(target))
    return isinstance(start, ir.Local) and private_place(start.variable, maps)


def _is_filled(op: ir.Assign, function: ir.Function, maps: SyncMaps) -> bool:
    """Whether an element of a slice is assigned that has just been made: `s := make([]T, n)`, then `s[i] = T{}`."""
    target = op.target
    if not isinstance(target, ir.Element) or maps.package.world.map_type(target.base.type) is not None:
        return False
    return any(
        isinstance(one, ir.Assign)
        and isinstance(one.value, ir.Make)
        and one.target == target.base
        and one.at[0] < op.at[0]
        for one in ir.walk_with_literals(ir.outermost(function))
    )


def _always_locked(target: ir.Value, whole: bool, maps: SyncMaps) -> bool:
    """Whether all calls on the map are made with a lock held, so that the assignment may be guarded as well."""
    key = place_key(target)
    calls = maps.by_place.get(key, []) if whole and key is not None else []
    return bool(calls) and all(locked(call, maps) for call in calls)
