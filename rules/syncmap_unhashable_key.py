"""GM305 syncmap-unhashable-key."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Finding, Level
from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_name
from golint_maps.flow.syncmaps import SyncCall, SyncMaps, sync_calls, sync_maps, type_text, uncomparable
from golint_maps.rule import Rule
from golint_maps.types.model import Type


class SyncmapUnhashableKey(Rule):
    """A `sync.Map` is given a key that can't be hashed, which panics.

    ## What it reports

    A call of any method of `sync.Map` that takes a key, where the type of the key is a slice, a map, a function, or a
    struct or array that contains one (embedded fields included, and values that a literal puts into fields of interface
    type).

    ## Why it hurts

    The keys of a `sync.Map` are of type `any`, so the compiler does not complain. At run time the key is hashed, and
    that panics: `hash of unhashable type []uint8`. All methods do, `Load` and `Delete` as well as `Store`, and also on
    an empty map.

    ## Bad

    ```go
    package main

    import "sync"

    type Query struct {
        table   string
        columns []string
    }

    var cache sync.Map

    func main() {
        cache.Store(Query{"users", []string{"id"}}, 1)
    }
    ```

    ## Good

    ```go
    package main

    import (
        "fmt"
        "strings"
        "sync"
    )

    type Query struct {
        table   string
        columns string
    }

    var cache sync.Map

    func main() {
        key := Query{"users", strings.Join([]string{"id", "name"}, ",")}
        cache.Store(key, 1)
        fmt.Println(cache.Load(key))
    }
    ```

    ## When it stays silent

    Pointers, channels, strings, numbers, and structs and arrays of such can be hashed. Of a key whose type is an
    interface, a type parameter or unknown nothing is said, unless it is a variable that is assigned once, from
    something known.

    ## How to fix

    Make the key a string, an array, or a struct of comparable fields: `string(payload)`, `strings.Join(columns, ",")`.
    A pointer works where the identity of the object is meant.

    ## Configure and suppress

    `--ignore GM305`, or `ignore = ["GM305"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM305 // reason` or `//golint-maps:ignore GM305 reason`.

    ## References

    - [Comparison operators](https://go.dev/ref/spec#Comparison_operators)
    - [sync.Map](https://pkg.go.dev/sync#Map)
    """

    id = "GM305"
    name = "syncmap-unhashable-key"
    level = Level.ERROR

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Look at the keys of all calls in the function."""
        for call in sync_calls(function, package):
            if call.key is None:
                continue
            type_ = _unhashable(call.key, sync_maps(package), package)
            if type_ is not None and not _reported_inside(call, type_, package):
                yield self.finding(
                    function,
                    call.key.at,
                    f"{call.method} of {call.name} panics: a key of type {type_text(type_)} can't be hashed",
                    map_name=place_name(call.map),
                    hint="use a comparable key: a string, an array, a struct of comparable fields, or a pointer",
                )


def _unhashable(key: ir.Value, maps: SyncMaps, package: PackageFlow) -> Type | None:
    """The type of a key that can't be hashed, or of what a literal puts into one."""
    type_ = maps.static_type(key)
    if uncomparable(type_, package.world):
        return type_
    entries = key.entries if isinstance(key, ir.Composite) else ()
    inside = (_unhashable(entry, maps, package) for _, entry in entries)
    return next((one for one in inside if one is not None), None)


def _reported_inside(call: SyncCall, type_: Type, package: PackageFlow) -> bool:
    """Whether the forwarding function itself takes a key of this type, so that the panic is its own.

    What one of another package does with its key is not known: if it takes what can't be hashed, it makes something else of it.
    """
    if not call.through:
        return False
    declared = package.program.declared(call.op.callee)
    if declared:
        return any(parameter.type == type_ for function in declared for parameter in function.params)
    callee = call.op.callee
    named = package.world.named(callee.base.type) if isinstance(callee, ir.MethodRef) else None
    method = (
        package.world.method(named, callee.name) if named is not None and isinstance(callee, ir.MethodRef) else None
    )
    return method is not None and type_ in method.declaration.signature.params
