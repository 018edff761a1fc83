"""Whether a package has anything to do with maps: most rules have nothing to say about one that hasn't."""

from __future__ import annotations

from collections.abc import Iterable

from golint_maps.flow import ir
from golint_maps.flow.parts import operands, parts
from golint_maps.project.package import Package
from golint_maps.types.model import (
    Array,
    Chan,
    Func,
    Map,
    Named,
    Pointer,
    Slice,
    Struct,
    StructField,
    Tuple,
    Type,
    TypeParam,
)
from golint_maps.types.world import World

_SYNC_MAP = "sync.Map"
# How deep a type is searched for maps.
_DEPTH = 8


def has_maps(package: Package, functions: Iterable[ir.Function], world: World) -> bool:
    """Whether the package writes a map type or `sync.Map`, or has a value of a type that holds one without a field.

    What only holds structs with maps of other packages, and touches none of these, has none.
    """
    if any(b"map[" in file.text or b"sync.Map" in file.text for file in package.files):
        return True
    known: dict[Type, bool] = {}
    for function in (one for declared in functions for one in ir.with_literals(declared)):
        declared = [*function.params, *function.results, *([function.receiver] if function.receiver else ())]
        if any(_holds(variable.type, world, known) for variable in declared):
            return True
        for op in ir.walk(function.body) if function.body is not None else ():
            if isinstance(op, ir.Access):
                return True
            for value in operands(op):
                if any(_holds(part.type, world, known) for part in parts(value)):
                    return True
    return False


def only_sync_map(struct: Struct, world: World) -> StructField | None:
    """The field of a struct that has no other one than a `sync.Map`: a wrapper around it, as a rule."""
    fields = [one for one in struct.fields if one.name != "_"]
    type_ = world.unalias(fields[0].type) if len(fields) == 1 else None
    return fields[0] if isinstance(type_, Named) and type_.qualified == _SYNC_MAP else None


def _holds(type_: Type, world: World, known: dict[Type, bool], depth: int = 0) -> bool:
    found = known.get(type_)
    if found is None:
        found = known[type_] = depth > _DEPTH or _is_or_holds(type_, world, known, depth + 1)
    return found


def _is_or_holds(type_: Type, world: World, known: dict[Type, bool], depth: int) -> bool:
    if isinstance(type_, Map):
        return True
    if isinstance(type_, (Pointer, Slice, Array, Chan)):
        return _holds(type_.element, world, known, depth)
    if isinstance(type_, Named):
        if type_.qualified == _SYNC_MAP or any(_holds(one, world, known, depth) for one in type_.arguments):
            return True
        under = world.underlying(type_)
        if isinstance(under, Struct):
            return only_sync_map(under, world) is not None
        return _holds(under, world, known, depth)
    if isinstance(type_, TypeParam):
        return _holds(type_.constraint, world, known, depth)
    if isinstance(type_, Func):
        return any(_holds(one, world, known, depth) for one in (*type_.params, *type_.results))
    if isinstance(type_, Tuple):
        return any(_holds(one, world, known, depth) for one in type_.items)
    if isinstance(type_, Struct):
        return any(_holds(one.type, world, known, depth) for one in type_.fields)
    return False
