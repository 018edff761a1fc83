"""Goroutines that a loop over a map starts: what they do to the ranged map, and which loop variables they share."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.flow import ir
from golint_maps.flow.facts import AccessFact, CallFact
from golint_maps.flow.locks import EXCLUSIVE
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import operands, parts
from golint_maps.flow.ranging import MapLoop, in_caller
from golint_maps.flow.reach import Reach
from golint_maps.record import record

_MAX_DEPTH = 3
_CHANGES = frozenset({"write", "delete", "clear"})


@record(frozen=True, slots=True)
class Shared:
    """A use (`at`, in `function`) of a loop variable by a goroutine that `start` starts."""

    variable: ir.Variable
    function: ir.Function
    at: ir.Span
    start: CallFact


def starts(loop: MapLoop, package: PackageFlow) -> Iterator[CallFact]:
    """The goroutines that the loop starts and that may still run in the next iteration."""
    facts = package.facts[loop.function]
    begin, end = loop.loop.body.at
    ops = {op.at: op for op in ir.walk(loop.loop.body) if isinstance(op, ir.Call)}
    for call in facts.calls:
        op = ops.get(call.at)
        if call.spawn is None or not begin <= call.at[0] < end or op not in loop.going:
            continue
        if not _awaited(call, loop.loop.body):
            yield call


def _awaited(start: CallFact, body: ir.Block) -> bool:
    """Whether the same iteration waits for something after the start."""
    for op in ir.walk(body):
        if op.at[0] <= start.at[0]:
            continue
        if isinstance(op, (ir.Receive, ir.Select)):
            return True
        if isinstance(op, ir.Call) and isinstance(op.callee, (ir.MethodRef, ir.Field)) and op.callee.name == "Wait":
            return True
    return False


def changes(loop: MapLoop, package: PackageFlow) -> Iterator[tuple[CallFact, AccessFact]]:
    """Changes of the ranged map by goroutines of the loop, without a lock that the loop holds as well."""
    if loop.iteration is None:
        return
    own = {held.key for held in loop.iteration.held} | _everywhere(loop.iteration, package)
    reach = Reach(package.facts)
    for start in starts(loop, package):
        if not reach.may_change(start.callee, loop.iteration.key, _MAX_DEPTH):
            continue
        for fact in _reached(loop.map, (start,), package):
            if not any(held.key in own and held.mode == EXCLUSIVE for held in fact.held):
                yield start, fact
                break


def _everywhere(iteration: AccessFact, package: PackageFlow) -> set[str]:
    """The locks that callers hold whenever the loop runs."""
    for place in package.places:
        if place.key == iteration.key:
            for site in place.sites:
                if site.fact.op is iteration.op:
                    return set(site.always())
    return set()


def _reached(map_: ir.Value, through: tuple[CallFact, ...], package: PackageFlow) -> Iterator[AccessFact]:
    facts = package.facts.get(through[-1].callee)
    if facts is None or any(one.callee is through[-1].callee for one in through[:-1]):
        return
    for fact in facts.accesses:
        if fact.kind in _CHANGES and fact.through is None:
            path: ir.Value | None = fact.map
            for call in reversed(through):
                path = in_caller(path, call) if path is not None else None
            if path is not None and ir.strip(path) == map_:
                yield fact
    if len(through) < _MAX_DEPTH:
        for call in facts.calls:
            if call.spawn is None and not call.held:
                yield from _reached(map_, (*through, call), package)


def shared_variables(loop: MapLoop, package: PackageFlow) -> Iterator[Shared]:
    """Loop variables of which there is one for all iterations, used by goroutines of the loop; each variable once."""
    if loop.loop.per_iteration and loop.loop.define:
        return
    variables = [one.variable for one in (loop.loop.key, loop.loop.value) if isinstance(one, ir.Local)]
    seen: set[ir.Variable] = set()
    for start in starts(loop, package):
        if start.callee.parent is None:
            continue
        for variable in variables:
            use = _use(start.callee, variable)
            if use is not None and variable not in seen:
                seen.add(variable)
                yield Shared(variable, *use, start)


def _use(function: ir.Function, variable: ir.Variable) -> tuple[ir.Function, ir.Span] | None:
    """The first use of a variable in a function literal or in those inside it."""
    if function.body is None:
        return None
    for op in ir.walk(function.body):
        for value in operands(op):
            for part in parts(value):
                if isinstance(part, ir.Local) and part.variable is variable:
                    return function, part.at
    for inner in function.closures:
        found = _use(inner, variable)
        if found is not None:
            return found
    return None
