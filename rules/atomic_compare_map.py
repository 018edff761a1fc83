"""GM110 atomic-compare-map."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Finding, Level, Location, Related
from golint_maps.flow import ir
from golint_maps.flow.definitions import definitions
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_key
from golint_maps.rule import Rule
from golint_maps.types.model import Array, Map, Struct, Type
from golint_maps.types.world import World

_VALUES = ("sync/atomic.Value", "go.uber.org/atomic.Value")


class AtomicCompareMap(Rule):
    """`atomic.Value.CompareAndSwap` gets a map, or a struct that holds one, as the old value: it panics.

    ## What it reports

    A call of `CompareAndSwap` of an `atomic.Value` whose old value is a map, an array or struct with a map in it, or
    a value of type `any` that was loaded from an atomic in which the package only ever stores such values.

    ## Why it hurts

    `CompareAndSwap` compares the old value with what is stored by `==`. Maps can't be compared, and neither can
    structs that hold one: as soon as a value of that type is stored, the call panics with `comparing uncomparable
    type map[string]int`. The compiler can't see it, because the parameters are of type `any`.

    ## Bad

    ```go
    package main

    import (
        "maps"
        "sync/atomic"
    )

    type Config struct{ v atomic.Value }

    func (c *Config) Set(key, value string) {
        for {
            old := c.v.Load().(map[string]string)
            next := maps.Clone(old)
            next[key] = value
            if c.v.CompareAndSwap(old, next) { // panics
                return
            }
        }
    }

    func main() {
        c := &Config{}
        c.v.Store(map[string]string{})
        c.Set("a", "b")
    }
    ```

    ## Good

    ```go
    package main

    import (
        "maps"
        "sync/atomic"
    )

    type Config struct{ p atomic.Pointer[map[string]string] }

    func (c *Config) Set(key, value string) {
        for {
            old := c.p.Load()
            next := maps.Clone(*old)
            next[key] = value
            if c.p.CompareAndSwap(old, &next) { // compares pointers
                return
            }
        }
    }

    func main() {
        c := &Config{}
        c.p.Store(&map[string]string{})
        c.Set("a", "b")
    }
    ```

    ## When it stays silent

    `CompareAndSwap(nil, m)`, `Swap`, `Store`; pointers to maps; `atomic.Pointer`; an `any` of which it is not known
    what it holds.

    ## How to fix

    Keep a pointer: `atomic.Pointer[map[K]V]`. Then `CompareAndSwap` asks whether it is still the same map.

    ## Configure and suppress

    `//nolint:GM110 // why` beside the line, or `ignore = ["GM110"]` in `.golint-maps.toml`.

    ## References

    - [atomic.Value.CompareAndSwap](https://pkg.go.dev/sync/atomic#Value.CompareAndSwap): "panics if old is not
      comparable".
    - [Go specification, comparison operators](https://go.dev/ref/spec#Comparison_operators)
    """

    id = "GM110"
    name = "atomic-compare-map"
    level = Level.ERROR

    def visit_call(self, op: ir.Call, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Report a `CompareAndSwap` whose old value is a map, or is compared with one."""
        if not _method(op, "CompareAndSwap") or len(op.arguments) != 2:
            return
        old = op.arguments[0]
        type_ = _dynamic(old)
        stored: ir.Call | None = None
        if _holds_map(type_, package.world) is None:
            stored = _stored_map(op, old, function, package)
            type_ = _dynamic(stored.arguments[0]) if stored is not None else type_
        path = _holds_map(type_, package.world)
        if path is None:
            return
        assert isinstance(op.callee, ir.MethodRef)
        value = ir.text_of(op.callee.base)
        what = "a map" if not path else f"a struct with the map {path}"
        related = []
        if stored is not None:
            related.append(Related(Location(function.path, *stored.at), f"{value} holds {what} from here on"))
        yield self.finding(
            function,
            op.at,
            f"{value}.CompareAndSwap compares {what}, which panics: maps can't be compared",
            map_name=ir.text_of(old),
            hint="keep a pointer in it: atomic.Pointer[…] compares which map it is",
            related=related,
        )


def _method(op: ir.Call, name: str) -> bool:
    callee = op.callee
    return isinstance(callee, ir.MethodRef) and callee.name == name and callee.owner in _VALUES


def _dynamic(value: ir.Value) -> Type:
    """The type that a value has inside an interface: that of what is converted to `any`."""
    while (
        isinstance(value, ir.Conversion)
        and isinstance(value.operand, ir.Value)
        and value.target in ("any", "interface{}")
    ):
        value = value.operand
    return value.type


def _holds_map(type_: Type, world: World) -> str | None:
    """The path of fields to the map that makes a type uncomparable: "" for a map itself, None where there is no map."""
    pending: list[tuple[Type, str]] = [(type_, "")]
    seen: set[Type] = set()
    while pending:
        one, path = pending.pop()
        under = world.underlying(one)
        if under in seen:
            continue
        seen.add(under)
        if isinstance(under, Map):
            return path
        if isinstance(under, Array):
            pending.append((under.element, path))
        elif isinstance(under, Struct):
            pending.extend((each.type, f"{path}.{each.name}" if path else each.name) for each in under.fields)
    return None


def _stored_map(op: ir.Call, old: ir.Value, function: ir.Function, package: PackageFlow) -> ir.Call | None:
    """What puts a map into the atomic value that `old`, an `any`, was loaded from; None where nothing or more does."""
    assert isinstance(op.callee, ir.MethodRef)
    if isinstance(old, ir.Local):
        given = definitions(old.variable)
        if len(given) != 1 or given[0] is None:
            return None
        old = given[0]
    if not (isinstance(old, ir.Result) and _method(old.call, "Load")):
        return None
    key = place_key(op.callee.base)
    if key is None:
        return None
    stores: list[ir.Call] = []
    for one in package.all_functions():
        if one.body is None:
            continue
        for each in ir.walk(one.body):
            if isinstance(each, ir.Call) and _method(each, "Store") and each.arguments:
                assert isinstance(each.callee, ir.MethodRef)
                if place_key(each.callee.base) == key:
                    stores.append(each)
    if stores and all(_holds_map(_dynamic(each.arguments[0]), package.world) is not None for each in stores):
        return stores[0]
    return None
