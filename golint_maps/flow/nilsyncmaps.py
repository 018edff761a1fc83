"""Pointers to a `sync.Map` that nothing sets: each call of a method panics, also of those that only read."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.flow import ir
from golint_maps.flow.nilplaces import Closed, collect
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import compared_with_nil, operands, parts
from golint_maps.flow.places import place_key
from golint_maps.flow.syncmaps import SyncCall, is_sync_map, sync_maps
from golint_maps.record import record
from golint_maps.types.model import Pointer


@record(frozen=True, slots=True)
class Unset:
    """The calls on one pointer that is nil, the one to report first, and where it was declared without a value, if known."""

    calls: tuple[SyncCall, ...]
    declared: ir.Span | None = None


def unset_sync_maps(package: PackageFlow) -> Iterator[Unset]:
    """The pointers to a `sync.Map` of a package that nothing sets: unexported fields and variables, local variables."""
    maps = sync_maps(package)
    suspects: dict[str, list[SyncCall]] = {}
    for call in maps.calls:
        type_ = package.world.unalias(call.map.type)
        if isinstance(type_, Pointer) and is_sync_map(type_.element, package.world):
            if isinstance(call.map, ir.Local):
                yield from _local(call, package)
            elif (key := place_key(call.map)) is not None:
                suspects.setdefault(key, []).append(call)
    if not suspects or package.partly_read:
        return
    places = collect(package)
    closed = Closed(package, places)
    for key, calls in suspects.items():
        made = any(not init.nil for init in places.inits.get(key, ()))
        unchecked = [call for call in calls if not _is_compared(call, key)]
        if not made and unchecked and closed.is_closed(key):
            yield Unset(tuple(sorted(unchecked, key=lambda one: (one.function.is_test, one.function.path, one.op.at))))


def _local(call: SyncCall, package: PackageFlow) -> Iterator[Unset]:
    """`var m *sync.Map`, and then a call."""
    assert isinstance(call.map, ir.Local)
    variable = call.map.variable
    given = [
        op
        for op in ir.walk_with_literals(variable.function)
        if isinstance(op, ir.Assign) and isinstance(op.target, ir.Local) and op.target.variable is variable
    ]
    if variable.kind == "local" and len(given) == 1 and given[0].value is None:
        addressed = any(
            part.op == "&" and part.operand == ir.Local(variable)
            for one in ir.with_literals(variable.function)
            for _, part in package.index(one).inside(ir.Unary)
        )
        if not addressed:
            yield Unset((call,), given[0].at)


def _is_compared(call: SyncCall, key: str) -> bool:
    """Whether the function of a call asks whether the pointer is nil."""
    for op in ir.walk(call.function.body) if call.function.body is not None else ():
        for value in operands(op):
            for part in parts(value):
                compared = compared_with_nil(part)
                if compared is not None and place_key(compared[0]) == key:
                    return True
    return False
