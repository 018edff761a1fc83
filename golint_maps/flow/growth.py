"""Maps that live long, take keys from outside, and never lose one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from golint_maps.flow import ir
from golint_maps.flow.facts import AccessFact
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import definitions, operands, parts
from golint_maps.flow.places import place_key
from golint_maps.record import record
from golint_maps.types.model import Basic, Named, Pointer, Type

_ENDS = re.compile(
    r"(?:Stop|Remove|Delete|Unregister|Deregister|Unsubscribe|Unwatch|Release|Forget|Disconnect|Leave|Evict|Kill|Cancel)",
    re.IGNORECASE,
)
_MAX_DEPTH = 4


@record(frozen=True, slots=True)
class Growing:
    """A map that only grows: the write that adds keys, why they come from outside, the method that should remove them."""

    function: ir.Function
    at: ir.Span
    map: ir.Value
    reason: str
    ender: ir.Function | None = None
    ended_at: ir.Span = ir.NOWHERE


def growing_maps(package: PackageFlow) -> Iterator[Growing]:
    """The maps of a package that only grow, in order of their keys."""
    by_key: dict[str, list[AccessFact]] = defaultdict(list)
    for facts in package.facts.values():
        for fact in facts.accesses:
            by_key[fact.key].append(fact)
    addressed: set[str] | None = None
    for key in sorted(by_key):
        facts_here = by_key[key]
        if not _is_own(facts_here[0].map, package) or _shrinks(facts_here):
            continue
        writes = [
            fact
            for fact in facts_here
            if fact.kind == "write" and not fact.function.is_test and isinstance(fact.op, ir.Access) and fact.op.key
        ]
        if not writes or not _is_unbounded(writes[0].map, package):
            continue
        found = _from_request(writes) or _ended(writes, facts_here)
        if found is None:
            continue
        if addressed is None:  # the whole package is read for it, and few maps get this far
            addressed = _addressed(package)
        if key not in addressed:
            yield found


def _is_own(map_: ir.Value, package: PackageFlow) -> bool:
    """Whether the map is an unexported package variable or field of this package."""
    bare = ir.strip(map_)
    if isinstance(bare, ir.Global):
        return bare.package == package.package.import_path and not bare.name[:1].isupper()
    return isinstance(bare, ir.Field) and bool(bare.owner) and not bare.name[:1].isupper()


def _is_unbounded(map_: ir.Value, package: PackageFlow) -> bool:
    map_type = package.world.map_type(ir.strip(map_).type)
    if map_type is None:
        return False
    key: Type = package.world.underlying(map_type.key)
    return key == Basic("string") or (isinstance(map_type.key, Named) and map_type.key.package.startswith("net"))


def _shrinks(facts: list[AccessFact]) -> bool:
    """Whether anything removes entries, or may do so: deletes, replacements of a shared map, references that leave."""
    for fact in facts:
        if fact.kind in ("delete", "clear", "copy"):
            return True
        if fact.kind == "replace" and not fact.owned and fact.function.short_name != "init":
            return True
        if isinstance(fact.op, ir.Access) and fact.op.via and fact.op.kind in ("write", "delete", "clear"):
            return True
    return False


def _addressed(package: PackageFlow) -> set[str]:
    found: set[str] = set()
    for function in package.all_functions():
        if function.body is None:
            continue
        for op in ir.walk(function.body):
            for value in operands(op):
                for part in parts(value):
                    if isinstance(part, ir.Unary) and part.op == "&":
                        key = place_key(part.operand)
                        if key is not None:
                            found.add(key)
                    elif isinstance(op, ir.Call) and isinstance(part, (ir.Field, ir.Global)) and part in op.arguments:
                        key = place_key(part)
                        if key is not None:
                            found.add(key)
    return found


def _from_request(writes: list[AccessFact]) -> Growing | None:
    """A package variable written by a handler, with a key that the request brings."""
    for fact in writes:
        if not isinstance(ir.strip(fact.map), ir.Global) or not isinstance(fact.op, ir.Access) or fact.op.key is None:
            continue
        what = _request_part(fact.op.key, 0)
        if what:
            return Growing(fact.function, fact.at, fact.map, f"each request may bring another key ({what})")
    return None


def _request_part(value: ir.Value, depth: int) -> str:
    """What of a request a key is made from, as text; "" for other keys."""
    if depth > _MAX_DEPTH:
        return ""
    for part in parts(value):
        if isinstance(part, ir.Local):
            if _is_request(part.type):
                return ir.text_of(value)
            if part.variable.kind == "local":
                for given in definitions(part.variable):
                    found = _request_part(given, depth + 1) if given is not None else ""
                    if found:
                        return found
        elif isinstance(part, ir.Result):
            for inner in (part.call.callee, *part.call.arguments):
                found = _request_part(inner, depth + 1)
                if found:
                    return ir.text_of(part) if isinstance(part.call.callee, ir.MethodRef) else found
    return ""


def _is_request(type_: Type) -> bool:
    return isinstance(type_, Pointer) and type_.element == Named("net/http", "Request")


def _ended(writes: list[AccessFact], facts: list[AccessFact]) -> Growing | None:
    """A method that ends something by its key looks the key up and leaves it there."""
    for fact in facts:
        function = fact.function
        if (
            fact.kind != "read"
            or not function.receiver_type
            or function.is_test
            or not _ENDS.match(function.short_name)
        ):
            continue
        op = fact.op
        if not isinstance(op, ir.Access) or not _is_parameter(op.key):
            continue
        added = next((w for w in writes if w.function is not function and _is_added(w, function)), None)
        if added is None or any(w.function is function for w in writes):
            continue
        reason = f"{added.function.name} adds keys, {function.name} only looks them up"
        return Growing(added.function, added.at, added.map, reason, function, fact.at)
    return None


def _is_added(write: AccessFact, ender: ir.Function) -> bool:
    op = write.op
    return isinstance(op, ir.Access) and _is_parameter(op.key) and write.function.receiver_type == ender.receiver_type


def _is_parameter(key: ir.Value | None) -> bool:
    if key is None:
        return False
    start = ir.root(key)
    return isinstance(start, ir.Local) and start.variable.kind == "param"
