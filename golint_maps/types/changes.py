"""What an edit has changed in the declarations of a package, and whose code can tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields

from golint_maps.record import record
from golint_maps.types.declarations import PackageTypes
from golint_maps.types.model import Named, StructField, Type
from golint_maps.types.resolve import PREDECLARED


@record(frozen=True, slots=True)
class Changes:
    """The names of what is declared differently.

    `names` are those of functions and variables, and of types that there were not or are not any more: who uses one of these
    has its name in the text. `types` are those of all types. Who uses a type may have got hold of it through something else:
    it can tell if something that it has asked about types has another answer now.
    """

    names: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()

    def concern(self, texts: Mapping[str, bytes]) -> list[str]:
        """Which of some files, by path, use one of the names."""
        if not self.names:
            return []
        named = re.compile(rf"\b(?:{'|'.join(map(re.escape, self.names))})\b".encode())
        return [path for path, text in texts.items() if named.search(text)]


def changes(before: PackageTypes, now: PackageTypes) -> Changes | None:
    """What is declared differently (both without places); None where also code tells that neither has a name nor asks."""
    if (before.name, before.variants) != (now.name, now.variants):
        return None
    types = set(_different(before.types, now.types))
    if not types.isdisjoint(PREDECLARED):
        return None
    for name in types:  # what is decoded is not asked for its methods
        methods = [one.types[name].methods if name in one.types else {} for one in (before, now)]
        if any("Unmarshal" in method for method in _different(*methods)):
            return None
    names = {*_different(before.functions, now.functions), *_different(before.variables, now.variables)}
    return Changes(frozenset(names | (types & (before.types.keys() ^ now.types.keys()))), frozenset(types))


def leading_to(types: frozenset[str], *declared: PackageTypes) -> Callable[[Type], bool]:
    """Tells of a type whether it leads to one of `types`, by their names, as they are `declared` in one way or another."""
    path = declared[0].path
    known: dict[Type, frozenset[str]] = {}

    def named_in(type_: Type) -> frozenset[str]:
        """The types of the package that a type is written with."""
        found = known.get(type_)
        if found is None:
            own = {type_.name} if isinstance(type_, Named) and type_.package == path else ()
            found = known[type_] = frozenset(own).union(*map(named_in, _parts(type_)))
        return found

    users: dict[str, set[str]] = {}
    for one in declared:
        for name, declaration in one.types.items():
            for used in named_in(declaration.underlying):
                users.setdefault(used, set()).add(name)
    leading, pending = set(types), list(types)
    while pending:
        further = users.get(pending.pop(), set()) - leading
        leading |= further
        pending += further

    def leads(type_: Type) -> bool:
        # What is declared inside of a function is not among the declarations of its package.
        return any(name in leading or "@" in name for name in named_in(type_))

    return leads


def _parts(type_: object) -> Iterator[Type]:
    """The types that a type is made of."""
    for field in fields(type_):  # type: ignore[arg-type]
        pending = [getattr(type_, field.name)]
        while pending:
            value = pending.pop()
            if isinstance(value, tuple):
                pending += value
            elif isinstance(value, StructField):
                yield value.type
            elif isinstance(value, Type):
                yield value


def _different(before: Mapping[str, object], now: Mapping[str, object]) -> Iterator[str]:
    """The names with another entry than before, or which had none, or have none now."""
    for name in before.keys() | now.keys():
        if before.get(name) != now.get(name):
            yield name
