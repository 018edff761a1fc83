"""Locks that are given up and taken again in the body of a range over the map that they guard."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.flow import ir
from golint_maps.flow.accesses import made
from golint_maps.flow.facts import AccessFact, CallFact
from golint_maps.flow.locks import Held
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.ranging import MapLoop, in_caller
from golint_maps.record import record


@record(frozen=True, slots=True)
class Drop:
    """A lock that is held at the head of a loop is released at `at`, directly or by the callee of `call`."""

    lock: Held
    at: ir.Span
    call: CallFact | None = None
    release: ir.Span = ir.NOWHERE


def drops(loop: MapLoop, package: PackageFlow) -> Iterator[Drop]:
    """Where the loop gives up a lock in an iteration that others follow, which begin with the lock held again."""
    iteration = loop.iteration
    if iteration is None or iteration.owned or not iteration.held:
        return
    facts = package.facts[loop.function]
    going = {op.at for op in ir.walk(loop.loop.body) if isinstance(op, ir.Call) and op in loop.going}
    begin, end = loop.loop.body.at
    for lock in sorted(iteration.held, key=lambda one: one.key):
        if not _keeps_changes_off(lock, iteration, package):
            continue
        inside = [one for one in facts.lock_ops if one.lock.key == lock.key and begin <= one.at[0] < end]
        taken = [one.at[0] for one in inside if one.takes]
        for one in inside:
            if not one.takes and one.at in going and not one.deferred and any(at > one.at[0] for at in taken):
                yield Drop(lock, one.at)
                return
        for call in facts.calls:
            if call.at in going and call.spawn is None and begin <= call.at[0] < end:
                release = _released_inside(call, lock, package)
                if release is not None:
                    yield Drop(lock, call.at, call, release)
                    return


def _released_inside(call: CallFact, lock: Held, package: PackageFlow) -> ir.Span | None:
    """Where a callee releases the caller's lock, and takes it again before it returns."""
    facts = package.facts.get(call.callee)
    if facts is None or lock.path is None:
        return None
    for one in facts.lock_ops:
        if one.takes or one.lock.path is None or one.deferred:
            continue
        if any(held.key == one.lock.key for held in one.before):
            continue  # its own
        path = in_caller(one.lock.path, call)
        again = any(later.takes and later.lock.key == one.lock.key and later.at > one.at for later in facts.lock_ops)
        if path is not None and ir.strip(path) == ir.strip(lock.path) and again:
            return one.at
    return None


def _keeps_changes_off(lock: Held, iteration: AccessFact, package: PackageFlow) -> bool:
    """Whether keys of the map are inserted or deleted while it is shared, mostly under that lock, which may well be that of
    something else."""
    changes = [
        way
        for place in package.places
        if place.key == iteration.key
        for site in place.sites
        if site.fact.kind in ("write", "delete", "clear")
        for way in site.ways
        if lock.key in way.locks or not made(way)
    ]
    return 2 * sum(lock.key in way.locks for way in changes) > len(changes)
