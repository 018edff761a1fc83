"""Places: the abstract identity of maps and locks, so that code in different functions can be said to touch the same one.

An access path (`ir.Value`) names a place inside one function; a place key names it across functions: `pkg.Type.field` for
a field of any instance of a named type, `pkg.var` for a package variable, `pkg.func:name@offset` for a local variable,
with `[*]` for elements. The last named type on the path decides, as in `Registry.rooms[*].members` being `Room.members`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeGuard

from golint_maps.flow import ir
from golint_maps.types.model import Map, Pointer

_OFFSET = re.compile(r"@\d+")


def place_key(value: ir.Value) -> str | None:
    """The place that an access path denotes; None where it can't be named (results of calls, fresh values, unknown)."""
    value = ir.strip(value)
    if isinstance(value, ir.Field):
        if value.owner:
            return f"{value.owner}.{value.name}"
        base = place_key(value.base)
        return f"{base}.{value.name}" if base else None
    if isinstance(value, ir.Global):
        return f"{value.package}.{value.name}"
    if isinstance(value, ir.Local):
        variable = value.variable
        return f"{variable.function.package}.{variable.function.name}:{variable.name}@{variable.at[0]}"
    if isinstance(value, ir.Element):
        base = place_key(value.base)
        return f"{base}[*]" if base else None
    if isinstance(value, ir.Item):
        base = place_key(value.subject)
        return f"{base}[*]" if base else None
    if isinstance(value, ir.Result):
        callee = value.call.callee
        if isinstance(callee, ir.MethodRef) and callee.owner:
            return f"{callee.owner}.{callee.name}()"
        if isinstance(callee, ir.FunctionRef) and callee.package != "builtin":
            return f"{callee.package}.{callee.name}()"
    return None


def key_name(key: str) -> str:
    """A place of which only the key is at hand, as people name it: without its package, and where it is declared."""
    return _OFFSET.sub("", key.rpartition("/")[2].partition(".")[2])


def keys_of(values: Iterable[ir.Value]) -> frozenset[str]:
    """The keys of those values that have one."""
    return frozenset(key for one in values if (key := place_key(one)) is not None)


def place_name(value: ir.Value) -> str:
    """A place as people name it: `Type.field`, `pkgvar`, or `func:local`; elements as `Type.field[*]`."""
    value = ir.strip(value)
    if isinstance(value, ir.Field):
        if value.owner:
            owner = value.owner.rpartition("/")[2].partition(".")[2]
            return f"{owner.rpartition('.')[2]}.{value.name}"
        return f"{place_name(value.base)}.{value.name}"
    if isinstance(value, ir.Local):
        return f"{value.variable.function.name}:{value.variable.name}"
    if isinstance(value, ir.Element):
        return f"{place_name(value.base)}[*]"
    if isinstance(value, ir.Item):
        return f"{place_name(value.subject)}[*]"
    return ir.text_of(value)


def prefixes(value: ir.Value) -> list[ir.Value]:
    """The value and all the values that it is reached through, longest first."""
    found: list[ir.Value] = []
    while True:
        kind = type(value)
        if kind is ir.Field or kind is ir.Element:
            found.append(value)
            value = value.base  # type: ignore[attr-defined]
        elif kind is ir.Item:
            found.append(value)
            value = value.subject  # type: ignore[attr-defined]
        elif kind is ir.Local:
            found.append(value)
            return found
        else:
            bare = ir.strip(value)
            if bare is value:
                found.append(value)
                return found
            value = bare


def loops_of(value: ir.Value) -> list[ir.Range]:
    """The loops of whose iterations an access path leads through the item, outermost last."""
    return [part.loop for part in prefixes(value) if isinstance(part, ir.Item) and isinstance(part.loop, ir.Range)]


def holder_of(key: str) -> str:
    """What holds the place of that key: `pkg.Type` for a field of any instance of the type, also for what is in it."""
    return key.removesuffix("[*]").rpartition(".")[0]


def is_picked(part: ir.Value) -> TypeGuard[ir.Element]:
    """Whether a step of an access path is an element that a variable picks, so that it may be another one each time."""
    return isinstance(part, ir.Element) and not isinstance(part.key, ir.Constant)


def is_in_map(part: ir.Element) -> bool:
    """Whether an element is certainly one of a map, rather than of a slice or array."""
    return part.of_map or isinstance(part.base.type, Map)


def is_entry(value: ir.Value) -> bool:
    """Whether a value is what a map holds: looked up by a key, or handed out by a range over the map."""
    if isinstance(value, ir.Item):
        return value.part == "value" and isinstance(value.loop, ir.Range) and value.loop.over == "map"
    return isinstance(value, ir.Element) and is_in_map(value)


def in_entry(map_: ir.Value) -> bool:
    """Whether a map is a field of an object that is held by another map, through a pointer."""
    base = ir.strip(map_.base) if isinstance(map_, ir.Field) else None
    return base is not None and isinstance(base.type, Pointer) and is_entry(base)


def rebase(value: ir.Value, old: ir.Value, new: ir.Value) -> ir.Value | None:
    """The access path with its prefix `old` replaced by `new`; None where `old` is no prefix of it."""
    bare = ir.strip(value)
    if bare is old or (type(bare) is type(old) and bare == old):
        return new
    if isinstance(bare, ir.Field):
        base = rebase(bare.base, old, new)
        return None if base is None else ir.Field(base, bare.name, bare.owner, type=bare.type, at=bare.at)
    if isinstance(bare, ir.Element):
        base = rebase(bare.base, old, new)
        return None if base is None else ir.Element(base, bare.key, type=bare.type, at=bare.at, of_map=bare.of_map)
    if isinstance(bare, ir.Item):
        base = rebase(bare.subject, old, new)
        return None if base is None else ir.Item(base, bare.part, bare.loop, type=bare.type, at=bare.at)
    return None


def selected(value: ir.Value) -> ir.Value:
    """What a field of a struct literal was given: `k` for `Request{ID: k}.ID`; other values as they are."""
    if not isinstance(value, ir.Field):
        return value
    base = ir.strip(selected(ir.strip(value.base)))
    if isinstance(base, ir.Composite):
        return next((entry for name, entry in base.entries if name == value.name), value)
    return value
