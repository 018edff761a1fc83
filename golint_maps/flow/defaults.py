"""Maps of package variables that objects get as their defaults, and write as if they were their own."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Confidence
from golint_maps.flow import ir
from golint_maps.flow.facts import AccessFact
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.publication import DEFAULT, Mark, PublishedWrite, fields_given
from golint_maps.record import record


@record(frozen=True, slots=True)
class _Alias:
    """A package variable's map put into a field."""

    variable: ir.Global
    function: ir.Function
    at: ir.Span


def shared_defaults(package: PackageFlow) -> Iterator[PublishedWrite]:
    """Writes through a field, or a variable with a fallback, which hold a package variable's map."""
    aliases, fresh = _aliases(package)
    direct = {access.map for access in _writes(package) if _named_directly(access)}
    for access in _writes(package):
        through = access.map
        if isinstance(through, ir.Global) and through not in direct and _by_another_name(access):
            at = next((a.at for a in aliases.values() if a.function is access.function and a.variable == through), None)
            mark = Mark(DEFAULT, at or access.at, access.function, through.name)
            yield _default_write(mark, access, Confidence.HIGH if _is_default(through) else Confidence.MEDIUM)
            continue
        alias = aliases.get(access.key)
        if alias is None or alias.variable in direct or not (_is_default(alias.variable) or access.key in fresh):
            continue
        if access.function is alias.function:
            if access.at < alias.at or _replaced_before(package, access):
                continue
        elif access.owned or _replaces(package, access):
            continue
        mark = Mark(DEFAULT, alias.at, alias.function, alias.variable.name)
        yield _default_write(mark, access, Confidence.HIGH if _is_default(alias.variable) else Confidence.MEDIUM)


def _replaced_before(package: PackageFlow, access: AccessFact) -> bool:
    """Whether the function puts another map in the place before the access, on some way to it."""
    facts = package.facts[access.function]
    return any(one.kind == "replace" and one.map == access.map and one.order < access.order for one in facts.accesses)


def _default_write(mark: Mark, access: AccessFact, confidence: Confidence) -> PublishedWrite:
    assert isinstance(access.op, ir.Access)
    return PublishedWrite(mark, access.function, access.at, ir.text_of(access.op.map), access.kind, confidence)


def _writes(package: PackageFlow) -> Iterator[AccessFact]:
    for facts in package.facts.values():
        for access in facts.accesses:
            plain = access.kind in ("write", "delete", "clear") and isinstance(access.op, ir.Access)
            if plain and access.function is facts.function and not access.function.is_test:
                yield access


def _named_directly(access: AccessFact) -> bool:
    return isinstance(access.op, ir.Access) and isinstance(ir.strip(access.op.map), ir.Global)


def _by_another_name(access: AccessFact) -> bool:
    """Whether the code reads as if the map were its own: a field, or a variable that may hold other maps as well."""
    assert isinstance(access.op, ir.Access)
    named = ir.strip(access.op.map)
    if isinstance(named, ir.Local):
        return named.variable.assignments > 1
    return isinstance(named, ir.Field)


def _replaces(package: PackageFlow, access: AccessFact) -> bool:
    """Whether the writing function puts another map in the field, as a copy on the first write does."""
    facts = package.facts[access.function]
    return any(one.kind == "replace" and one.key == access.key for one in facts.accesses)


def _is_default(variable: ir.Global) -> bool:
    name = variable.name.lower()
    return "default" in name or "initial" in name or "builtin" in name


def _aliases(package: PackageFlow) -> tuple[dict[str, _Alias], set[str]]:
    """The fields, by place key, which get a package variable's map; and those which elsewhere get other ones."""
    aliases: dict[str, _Alias] = {}
    fresh: set[str] = set()
    for function in package.all_functions():
        if function.body is None or function.is_test:
            continue
        for key, value, at in fields_given(function, package):
            bare = ir.strip(value)
            if isinstance(bare, ir.Global) and package.world.map_type(bare.type) is not None:
                aliases.setdefault(key, _Alias(bare, function, at))
            else:
                fresh.add(key)
    return aliases, fresh
