"""Parameters that get an object made for the call, and of a type of which only this package can get an object."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from golint_maps.flow import ir
from golint_maps.flow.facts import CallFact, FunctionFacts
from golint_maps.types.declarations import PackageTypes
from golint_maps.types.model import Array, Chan, Func, Interface, Map, Named, Pointer, Slice, Struct, Type


def made_for_calls(types: PackageTypes, facts: Mapping[ir.Function, FunctionFacts]) -> frozenset[ir.Variable]:
    """The parameters of exported functions that get a new object at each call, where nobody outside has one to give.

    `r.Update(&Rule{…})`, and no exported function, field or variable gives a `Rule`: what others could make is empty.
    """
    calls: dict[ir.Function, list[CallFact]] = defaultdict(list)
    for one in facts.values():
        for call in one.calls:
            if not call.caller.is_test:
                calls[call.callee].append(call)
    found = {
        parameter
        for function, known in calls.items()
        if function.exported
        for parameter in function.params
        if isinstance(parameter.type, Pointer)
        and isinstance(parameter.type.element, Named)
        and parameter.type.element.package == types.path
        and all(parameter in call.fresh and call.spawn is None for call in known)
    }
    given = _given_away(types, facts) if found else frozenset[str]()
    return frozenset(one for one in found if isinstance(one.type, Pointer) and not _names(one.type) & given)


def _given_away(types: PackageTypes, facts: Iterable[ir.Function]) -> frozenset[str]:
    """The names of the types in the results of exported functions, in exported fields and in exported variables."""
    found: set[str] = set()
    for function in facts:
        if function.exported and not function.is_test:
            for result in function.results:
                found |= _names(result.type)
            for parameter in function.params:  # a function that others give may keep what it gets
                if isinstance(parameter.type, Func):
                    found |= _names(parameter.type)
    for name, variable in types.variables.items():
        if name[:1].isupper():
            found |= _names(variable.type)
    for declaration in types.types.values():
        found |= _fields(declaration.underlying)
    return frozenset(found)


def _fields(type_: Type) -> set[str]:
    """The names in what others can reach of a declared type: exported fields, what methods give and take, elements."""
    if isinstance(type_, Struct):
        return {name for one in type_.fields if one.embedded or one.name[:1].isupper() for name in _names(one.type)}
    return set() if isinstance(type_, Named) else _names(type_)


def _names(type_: Type) -> set[str]:
    """The qualified names of all types that a type is written with."""
    if isinstance(type_, Named):
        return {type_.qualified}.union(*(_names(one) for one in type_.arguments))
    return {name for part in _parts(type_) for name in _names(part)}


def _parts(type_: Type) -> Iterator[Type]:
    if isinstance(type_, (Pointer, Slice, Array, Chan)):
        yield type_.element
    elif isinstance(type_, Map):
        yield from (type_.key, type_.value)
    elif isinstance(type_, Func):
        yield from (*type_.params, *type_.results)
    elif isinstance(type_, Interface):
        yield from (signature for _, signature in type_.methods)
    elif isinstance(type_, Struct):
        yield from (one.type for one in type_.fields)
