"""GM308 syncmap-type-mismatch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from golint_maps.finding import Confidence, Finding, Level, Location, Related
from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import operands, parts
from golint_maps.flow.places import place_name
from golint_maps.flow.syncmaps import STORES, SyncCall, SyncMaps, sync_maps, type_text
from golint_maps.flow.syncpaths import SURE, VALUE, Step, steps
from golint_maps.rule import Rule
from golint_maps.types.model import (
    UNKNOWN,
    Array,
    Basic,
    Chan,
    Interface,
    Map,
    Named,
    Pointer,
    Slice,
    Type,
    TypeParam,
)
from golint_maps.types.world import World

_INTEGERS = frozenset(
    ["int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "uintptr"]
)


class SyncmapTypeMismatch(Rule):
    """A `sync.Map` is asked for a key, or its value for a type, that nobody ever stores.

    ## What it reports

    - A lookup or delete whose key is of another type than all keys that are stored in the map, though of the same kind:
      a string and a named string, an `int` and an `int64`.
    - A loaded value, or a key or value that `Range` gives, that is asserted to a type which is never stored in the map.

    Only maps of which the package shows all stores, with known types, are judged.

    ## Why it hurts

    Keys of type `any` are equal only if their dynamic types are: `UserID(1)` and `int64(1)` are two keys. The lookup
    never finds anything, the delete never removes anything, and the compiler can't see it. An assertion to another type
    than the stored one panics, or with two results is always false.

    ## Bad

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    type UserID int64

    type Users struct{ byID sync.Map }

    func (u *Users) Put(id UserID, name string) { u.byID.Store(id, name) }

    func (u *Users) Get(id int64) (any, bool) { return u.byID.Load(id) }

    func main() {
        var u Users
        u.Put(1, "ann")
        fmt.Println(u.Get(1)) // <nil> false
    }
    ```

    ## Good

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    type UserID int64

    type Users struct{ byID sync.Map }

    func (u *Users) Put(id UserID, name string) { u.byID.Store(id, name) }

    func (u *Users) Get(id UserID) (any, bool) { return u.byID.Load(id) }

    func main() {
        var u Users
        u.Put(1, "ann")
        fmt.Println(u.Get(1))
    }
    ```

    ## When it stays silent

    - Keys of the type are stored somewhere, too: a mixture that is meant.
    - Some key or value that is stored has an interface type or an unknown one, or the map is handed to other code.
    - Assertions to interface types, and type switches.

    ## How to fix

    Convert the key to one type on all sides, or wrap the map in a type whose methods take the right types.

    ## Configure and suppress

    `--ignore GM308`, or `ignore = ["GM308"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM308 // reason` or `//golint-maps:ignore GM308 reason`.

    ## References

    - [Comparison operators](https://go.dev/ref/spec#Comparison_operators): interface values
    - [sync.Map](https://pkg.go.dev/sync#Map)
    """

    id = "GM308"
    name = "syncmap-type-mismatch"
    level = Level.ERROR

    def check_package(self, package: PackageFlow) -> Iterator[Finding]:
        """Compare what is stored in each map with what is asked of it."""
        maps = sync_maps(package)
        for calls in maps.by_place.values():
            # What goes through a forwarding function gets the types of that function's own call.
            calls = [call for call in calls if not call.through]
            if not calls or _handed_on(calls[0], maps):
                continue
            stores = [call for call in calls if call.method in STORES]
            keys = _types([call.key for call in stores], maps)
            if keys:
                yield from self._keys(calls, stores, keys, maps)
            values = _types([call.value for call in stores], maps)
            if values:
                yield from self._values(calls, values, maps)
            yield from self._visited(calls, keys, values, maps)

    def _keys(
        self, calls: list[SyncCall], stores: list[SyncCall], keys: set[Type], maps: SyncMaps
    ) -> Iterator[Finding]:
        for call in calls:
            if call in stores or call.key is None:
                continue
            type_ = _concrete(maps.static_type(call.key), maps.package.world)
            alike = [stored for stored in keys if _same_kind(stored, type_, maps.package.world)]
            if type_ is None or type_ in keys or not alike or _is_untyped(call.key):
                continue
            yield self.finding(
                call.function,
                call.op.at,
                f"{call.method} of {call.name} never finds a key of type {type_text(type_)}: "
                f"only keys of type {_list(keys)} are stored",
                map_name=place_name(call.map),
                hint=f"convert the key to {type_text(alike[0])}",
                confidence=Confidence.HIGH,
                related=[Related(Location(stores[0].function.path, *stores[0].op.at), "it is stored here")],
            )

    def _values(self, calls: list[SyncCall], values: set[Type], maps: SyncMaps) -> Iterator[Finding]:
        world = maps.package.world
        for function in dict.fromkeys(call.function for call in calls if call.method in ("Load", "LoadOrStore")):
            for step in steps(function, maps):
                for lookup, assertion in _assertions(step):
                    type_ = _concrete(assertion.type, world)
                    if lookup not in calls or type_ is None or type_ in values:
                        continue
                    yield self.finding(
                        function,
                        assertion.at,
                        f"a value of {lookup.name} is asserted to {type_text(type_)}, "
                        f"but only values of type {_list(values)} are stored",
                        map_name=place_name(lookup.map),
                        hint="assert to the type that is stored",
                        related=[Related(Location(lookup.function.path, *lookup.op.at), "it is loaded here")],
                    )

    def _visited(self, calls: list[SyncCall], keys: set[Type], values: set[Type], maps: SyncMaps) -> Iterator[Finding]:
        """Assertions in the callbacks of `Range` that no entry passes."""
        for call in calls:
            callback = call.callback.function if isinstance(call.callback, ir.Closure) else None
            if call.method != "Range" or callback is None or callback.body is None or len(callback.params) != 2:
                continue
            for parameter, stored, what in zip(callback.params, (keys, values), ("key", "value"), strict=True):
                for op in ir.walk(callback.body) if stored else ():
                    for assertion in _of_variable(op, parameter):
                        type_ = _concrete(assertion.type, maps.package.world)
                        if type_ is None or type_ in stored:
                            continue
                        yield self.finding(
                            callback,
                            assertion.at,
                            f"a {what} of {call.name} is asserted to {type_text(type_)}, "
                            f"but only {what}s of type {_list(stored)} are stored",
                            map_name=place_name(call.map),
                            hint="assert to the type that is stored",
                            related=[Related(Location(call.function.path, *call.op.at), "it is visited here")],
                        )


def _of_variable(op: ir.Op, variable: ir.Variable) -> Iterator[ir.Assertion]:
    """The assertions with one result of what a variable holds."""
    if isinstance(op, ir.Assign) and op.op == "" and isinstance(op.value, ir.Assertion) and op.at == op.target.at:
        return  # a case of a type switch
    for value in operands(op):
        for part in parts(value):
            if isinstance(part, ir.Assertion) and not part.checked and part.operand == ir.Local(variable):
                yield part


def _assertions(step: Step) -> Iterator[tuple[SyncCall, ir.Assertion]]:
    for value in operands(step.op):
        for part in parts(value):
            if isinstance(part, ir.Assertion) and isinstance(part.operand, ir.Local):
                names = step.point.names.get(part.operand.variable, frozenset())
                calls = [name.call for name in names if name.part in (VALUE, SURE)]
                if len(names) == 1 and calls and calls[0] is not None and not _in_type_switch(step, part):
                    yield calls[0], part


def _in_type_switch(step: Step, assertion: ir.Assertion) -> bool:
    return isinstance(step.op, ir.Assign) and assertion.at == step.op.target.at


def _concrete(type_: Type, world: World) -> Type | None:
    """The type that an interface value gets, None where only the running program knows."""
    type_ = world.unalias(type_)
    inner = type_.element if isinstance(type_, Pointer) else type_
    if isinstance(type_, Basic):
        name = {"byte": "uint8", "rune": "int32"}.get(type_.name, type_.name).removeprefix("untyped ")
        name = {"float": "float64", "rune": "int32"}.get(name, name)
        return None if name in ("any", "error", "comparable", "nil") else Basic(name)
    if _has_parameter(type_) or isinstance(world.underlying(type_), Interface):
        return None
    if isinstance(inner, Named) and world.declaration(inner) is None:
        return None
    return _spelled_out(type_, world)


def _spelled_out(type_: Type, world: World) -> Type:
    """A type without the aliases inside it: those that are the same are equal then."""
    type_ = world.unalias(type_)
    if isinstance(type_, Basic):
        known = {"byte": Basic("uint8"), "rune": Basic("int32"), "any": Interface()}
        return known.get(type_.name, type_)
    if isinstance(type_, Named):
        return Named(type_.package, type_.name, tuple(_spelled_out(one, world) for one in type_.arguments))
    if isinstance(type_, (Pointer, Slice, Array, Chan)):
        return replace(type_, element=_spelled_out(type_.element, world))
    if isinstance(type_, Map):
        return Map(_spelled_out(type_.key, world), _spelled_out(type_.value, world))
    return type_


def _has_parameter(type_: Type) -> bool:
    """Whether a type depends on a type parameter, or on something unknown."""
    if type_ == UNKNOWN or isinstance(type_, TypeParam):
        return True
    inside = type_.arguments if isinstance(type_, Named) else ()
    if isinstance(type_, (Pointer, Slice, Array, Chan)):
        inside = (type_.element,)
    elif isinstance(type_, Map):
        inside = (type_.key, type_.value)
    return any(map(_has_parameter, inside))


def _types(values: list[ir.Value | None], maps: SyncMaps) -> set[Type]:
    """The types of all values; nothing at all if one of them isn't known."""
    found: set[Type] = set()
    for value in values:
        type_ = _concrete(maps.static_type(value), maps.package.world) if value is not None else None
        if type_ is None:
            return set()
        found.add(type_)
    return found


def _same_kind(one: Type, other: Type | None, world: World) -> bool:
    if other is None:
        return False
    a, b = world.underlying(one), world.underlying(other)
    if not isinstance(a, Basic) or not isinstance(b, Basic):
        return False
    return a.name == b.name or (a.name in _INTEGERS and b.name in _INTEGERS)


def _is_untyped(value: ir.Value) -> bool:
    return isinstance(value.type, Basic) and value.type.name == "untyped rune"


def _list(types: set[Type]) -> str:
    return " or ".join(sorted(type_text(one) for one in types))


def _handed_on(call: SyncCall, maps: SyncMaps) -> bool:
    """Whether the map itself is given to other code, or can be reached by other packages, which may store anything."""
    bare = ir.strip(call.map)
    if not isinstance(bare, (ir.Field, ir.Global, ir.Local)):
        return True
    if not isinstance(bare, ir.Local) and bare.name[:1].isupper():
        return True
    for function in maps.package.all_functions():
        for op in ir.walk(function.body) if function.body is not None else ():
            if isinstance(op, (ir.Call, ir.Return, ir.Assign, ir.Send)) and op not in maps.by_op:
                values = op.arguments if isinstance(op, ir.Call) else operands(op)
                if any(_is_map(maps.resolve(value), bare) for value in values if isinstance(value, ir.Unary)):
                    return True
    return False


def _is_map(value: ir.Value, bare: ir.Value) -> bool:
    if isinstance(value, ir.Field) and isinstance(bare, ir.Field):
        return value.name == bare.name and value.owner == bare.owner
    return value == bare
