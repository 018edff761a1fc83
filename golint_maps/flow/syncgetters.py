"""Functions between a `sync.Map` and those who use its values: getters that hand out what they load, methods that write
what they are called on."""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.program import Program
from golint_maps.flow.syncmaps import SyncCall, SyncMaps
from golint_maps.flow.syncpaths import concerns_same, steps
from golint_maps.types.model import Pointer

_found: WeakKeyDictionary[Program, dict[ir.Function, SyncCall]] = WeakKeyDictionary()


def getters(maps: SyncMaps) -> dict[ir.Function, SyncCall]:
    """The functions whose first result is always a value of a `sync.Map` (or nil), each with the lookup."""
    known = _found.get(maps.package.program)
    if known is None:
        known = _found[maps.package.program] = dict(_getters(maps))
    return known


def _getters(maps: SyncMaps) -> Iterator[tuple[ir.Function, SyncCall]]:
    for function, calls in maps.by_function.items():
        lookups = [call for call in calls if call.method in ("Load", "LoadOrStore")]
        if lookups and function.results and function.parent is None:
            lookup = _handed_out(function, calls, maps)
            if lookup is not None:
                yield function, lookup


def _handed_out(function: ir.Function, calls: list[SyncCall], maps: SyncMaps) -> SyncCall | None:
    stored = {call.value for call in calls if call.method in ("Store", "LoadOrStore")}
    found: SyncCall | None = None
    for step in steps(function, maps):
        if not isinstance(step.op, ir.Return) or not step.op.values:
            continue
        given = ir.strip(step.op.values[0])
        carried = step.point.carried(given)
        if carried and any(_is_taken(carried[0], call) and call.op in step.point.past for call in calls):
            return None
        if carried:
            found = carried[0]
        elif not isinstance(given, ir.Nil) and given not in stored:
            return None
    return found


def _is_taken(lookup: SyncCall, call: SyncCall) -> bool:
    """Whether a call takes what was looked up out of the map: it is the caller's own then."""
    return call.method == "Delete" and concerns_same(lookup, call)


def writes_unlocked(method: ir.Function, package: PackageFlow) -> ir.Op | None:
    """The first write of a method to what its pointer receiver points to, if it takes no lock at all."""
    receiver, facts = method.receiver, package.facts.get(method)
    if receiver is None or method.body is None or not isinstance(receiver.type, Pointer):
        return None
    if facts is None or facts.lock_ops or facts.acquires:
        return None
    for op in ir.walk(method.body):
        target = op.target if isinstance(op, ir.Assign) else None
        if isinstance(op, ir.Access) and op.kind in ("write", "delete", "clear"):
            target = op.map
        if target is not None and not isinstance(target, ir.Local):
            start = ir.root(target)
            if isinstance(start, ir.Local) and start.variable is receiver:
                return op
    return None
