"""Maps that each object of a type has from its beginning, so that what makes them where there are none never runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from golint_maps.flow import ir
from golint_maps.flow.facts import AccessFact, FunctionFacts
from golint_maps.flow.parts import compared_with_nil, operands, parts
from golint_maps.flow.places import place_key
from golint_maps.types.declarations import PackageTypes
from golint_maps.types.model import Array, Map, Named, Pointer, Slice, Struct, Type, qualified_name_of

_MADE = (ir.Make, ir.Composite)


def made_in_vain(types: PackageTypes, facts: Mapping[ir.Function, FunctionFacts]) -> frozenset[str]:
    """The keys of fields of which `if t.field == nil { t.field = make(…) }` never makes a map.

    Every `T{…}` of the package gives them a map, nothing else makes a T here, and they are never set to anything but new
    maps.
    """
    lazy = {fact.key for one in facts.values() for fact in one.accesses if makes_where_none_is(fact)}
    if not lazy:
        return frozenset()
    for one in facts.values():
        for fact in one.accesses:
            if fact.kind == "replace" and not (isinstance(fact.op, ir.Assign) and isinstance(fact.op.value, _MADE)):
                lazy.discard(fact.key)
    owners = {key.rpartition(".")[0] for key in lazy}
    doubtful = _held_by_value(types) | {name for function in facts for name in _made_empty(function, owners)}
    given: dict[str, list[bool]] = {key: [] for key in lazy}
    for function in facts:
        for literal in _literals(function, owners):
            entries = {name: entry for name, entry in literal.entries if isinstance(name, str)}
            owner = _qualified(literal.type)
            for key in lazy:
                if key.rpartition(".")[0] == owner:
                    given[key].append(isinstance(entries.get(key.rpartition(".")[2]), _MADE))
    return frozenset(
        key for key, all_ in given.items() if all_ and all(all_) and key.rpartition(".")[0] not in doubtful
    )


def makes_where_none_is(fact: AccessFact) -> bool:
    """Whether an access puts a new map in place where it was asked that there is none."""
    if fact.kind != "replace" or fact.function.body is None:
        return False
    for op in ir.walk(fact.function.body):
        compared = compared_with_nil(op.condition) if isinstance(op, ir.If) else None
        if isinstance(op, ir.If) and compared is not None and compared[1] and _encloses(op.then, fact.at):
            if place_key(compared[0]) == fact.key:
                return True
    return False


def _encloses(block: ir.Block, at: ir.Span) -> bool:
    return block.at[0] <= at[0] < block.at[1]


def _literals(function: ir.Function, owners: set[str]) -> Iterator[ir.Composite]:
    for op in ir.walk(function.body) if function.body is not None else ():
        for value in operands(op):
            for part in parts(value):
                if isinstance(part, ir.Composite) and _qualified(part.type) in owners:
                    yield part


def _made_empty(function: ir.Function, owners: set[str]) -> Iterator[str]:
    """The types of `new(T)` and `var t T`."""
    for op in ir.walk(function.body) if function.body is not None else ():
        if isinstance(op, ir.Assign) and op.value is None and _qualified(op.target.type) in owners:
            yield _qualified(op.target.type)
        for value in operands(op):
            for part in parts(value):
                if isinstance(part, ir.New):
                    yield qualified_name_of(part.type)


def _held_by_value(types: PackageTypes) -> set[str]:
    """The types of which there are objects that no literal makes: in package variables, in other structs, in slices."""
    found: set[str] = set()
    for variable in types.variables.values():
        found |= _values(variable.type.element if isinstance(variable.type, Pointer) else variable.type)
    for declaration in types.types.values():
        inner = declaration.underlying
        for one in inner.fields if isinstance(inner, Struct) else ():
            found |= _values(one.type)
        found |= _values(inner)
    return found


def _values(type_: Type) -> set[str]:
    while isinstance(type_, (Array, Slice, Map)):
        type_ = type_.value if isinstance(type_, Map) else type_.element
    return {type_.qualified} if isinstance(type_, Named) else set()


def _qualified(type_: Type) -> str:
    return type_.qualified if isinstance(type_, Named) else ""
