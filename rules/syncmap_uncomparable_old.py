"""GM306 syncmap-uncomparable-old."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Finding, Level
from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_name
from golint_maps.flow.syncmaps import SyncCall, SyncMaps, sync_calls, sync_maps, type_text, uncomparable
from golint_maps.rule import Rule
from golint_maps.types.model import Type


class SyncmapUncomparableOld(Rule):
    """`CompareAndSwap` or `CompareAndDelete` of a `sync.Map` with an old value that can't be compared, which panics.

    ## What it reports

    A call of `CompareAndSwap` or `CompareAndDelete` whose old value is a slice, a map, a function, or a struct or array
    that contains one. Where the old value is what was loaded from the map before, the types that the package stores in
    it count.

    ## Why it hurts

    The old value is compared with `==` with the one in the map. For types that can't be compared this panics:
    `comparing uncomparable type []int`. The compiler sees only `any`. It panics when the key is there and holds such a
    value, so a first call on an empty map goes well.

    ## Bad

    ```go
    package main

    import "sync"

    var ids sync.Map

    func main() {
        ids.Store("a", []int{1})
        old, _ := ids.Load("a")
        list := old.([]int)
        ids.CompareAndSwap("a", list, append([]int{0}, list...))
    }
    ```

    ## Good

    ```go
    package main

    import "sync"

    var ids sync.Map

    func main() {
        ids.Store("a", &[]int{1})
        old, _ := ids.Load("a")
        list := append([]int{0}, *old.(*[]int)...)
        ids.CompareAndSwap("a", old, &list) // pointers are compared
    }
    ```

    ## When it stays silent

    Old values of comparable types; the new value may be of any type. Old values of which only an interface type is
    known.

    ## How to fix

    Store pointers (`*[]int`, `*Record`) and replace the whole object, or use a plain map with a mutex.

    ## Configure and suppress

    `--ignore GM306`, or `ignore = ["GM306"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM306 // reason` or `//golint-maps:ignore GM306 reason`.

    ## References

    - [sync.Map.CompareAndSwap](https://pkg.go.dev/sync#Map.CompareAndSwap)
    - [Comparison operators](https://go.dev/ref/spec#Comparison_operators)
    """

    id = "GM306"
    name = "syncmap-uncomparable-old"
    level = Level.ERROR

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Look at the old values of all calls in the function."""
        for call in sync_calls(function, package):
            if call.old is None:
                continue
            type_ = _compared(call, call.old, sync_maps(package))
            if type_ is not None:
                yield self.finding(
                    function,
                    call.op.at,
                    f"{call.method} of {call.name} panics when the key is there: its old value, of type "
                    f"{type_text(type_)}, can't be compared",
                    map_name=place_name(call.map),
                    hint="store pointers, which can be compared, or use a plain map with a mutex",
                )


def _compared(call: SyncCall, old: ir.Value, maps: SyncMaps) -> Type | None:
    """The type of an old value if it can't be compared, None if it can or isn't known."""
    world = maps.package.world
    type_ = maps.static_type(old)
    if uncomparable(type_, world):
        return type_
    loaded = maps.resolve(old)
    source = maps.by_op.get(loaded.call) if isinstance(loaded, ir.Result) else None
    if source is None or source.map != call.map:
        return None
    stored = [maps.static_type(one.value) for one in maps.at_place(call) if one.value is not None]
    return stored[0] if stored and all(uncomparable(one, world) for one in stored) else None
