"""What an edit has changed in the declarations of a package, and whose code can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace

from golint_maps.types.declarations import FunctionDecl, PackageTypes, TypeDecl, VariableDecl
from golint_maps.types.model import Named, StructField, Type
from golint_maps.types.resolve import PREDECLARED
from golint_maps.types.world import TELLING


@dataclass(frozen=True, slots=True)
class Changes:
    """The names of what is declared differently; `methods` are those that are names of methods alone."""

    names: frozenset[str] = frozenset()
    methods: frozenset[str] = frozenset()

    def concern(self, texts: Mapping[str, bytes]) -> list[str]:
        """Which of some files, by path, use one of the names."""
        patterns = []
        if self.names:
            patterns.append(rf"\b(?:{'|'.join(map(re.escape, self.names))})\b")
        if self.methods:  # to declare a method of that name, of another type, is not to use it
            patterns.append(rf"(?<!\) )\b(?:{'|'.join(map(re.escape, self.methods))})\b")
        if not patterns:
            return []
        named = re.compile("|".join(patterns).encode())
        return [path for path, text in texts.items() if named.search(text)]


def changes(before: PackageTypes, now: PackageTypes) -> Changes | None:
    """What is declared differently (both without places); None where also code tells that has none of the names.

    Who uses a function, variable or method has its name in the text, but for methods that tell something about their type.
    A type is also used by who gets hold of an object of it through something else.
    """
    if (before.name, before.variants) != (now.name, now.variants):
        return None
    types, methods = set[str](), set[str]()
    for name in _different(before.types, now.types):
        one, other = before.types.get(name), now.types.get(name)
        if one is not None and other is not None and replace(one, methods={}) == replace(other, methods={}):
            methods.update(_different(one.methods, other.methods))
        else:
            types.add(name)
    if not methods.isdisjoint(TELLING) or any("Unmarshal" in name for name in methods):
        return None
    names = {*_different(before.functions, now.functions), *_different(before.variables, now.variables)}
    if types and (not types.isdisjoint(PREDECLARED) or _is_mentioned(types, names, before, now)):
        return None
    names |= types
    return Changes(frozenset(names), frozenset(methods - names))


def _is_mentioned(types: set[str], names: set[str], before: PackageTypes, now: PackageTypes) -> bool:
    """Whether a declaration other than those of `types` and of the functions and variables `names` mentions such a type."""
    known: dict[Type, bool] = {}

    def mentions(type_: Type) -> bool:
        if type_ not in known:
            known[type_] = False  # no type is a part of itself
            named = isinstance(type_, Named) and type_.package == now.path and type_.name in types
            known[type_] = named or any(map(mentions, _parts(type_)))
        return known[type_]

    return any(
        mentions(type_)
        for declared in (before, now)
        for table, left_out in ((declared.types, types), (declared.functions, names), (declared.variables, names))
        for name, one in table.items()
        if name not in left_out
        for type_ in _types_of(one)
    )


def _types_of(declaration: TypeDecl | FunctionDecl | VariableDecl) -> Iterator[Type]:
    if isinstance(declaration, TypeDecl):
        yield declaration.underlying
        yield from (method.signature for method in declaration.methods.values())
    else:
        yield declaration.signature if isinstance(declaration, FunctionDecl) else declaration.type


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
