"""What callers are told of a function."""

from __future__ import annotations

from golint_maps.flow import ir
from golint_maps.flow.facts import AccessFact, FunctionFacts
from golint_maps.flow.interpretation.ownership import Ownership
from golint_maps.flow.interpretation.state import State, join, widen
from golint_maps.flow.interpretation.walk import Frame
from golint_maps.flow.outward import Outward
from golint_maps.flow.places import prefixes
from golint_maps.flow.sets import frozen
from golint_maps.types.model import Basic, Struct

# Goroutines that a call may leave behind.
_MAX_RUNNING = 6
# Accesses to a parameter's map that a summary passes on to callers.
_MAX_HANDED = 24


def complete(frame: Frame, last_access: int, ownership: Ownership) -> None:
    """Add to the facts of a function, all ways through which were followed, what its callers need."""
    facts = frame.facts
    facts.escapes = frozen(frame.escaping)
    facts.signals = Outward(frame.signals)
    facts.ends = Outward(one for one, order in frame.signals.items() if order >= last_access)
    facts.joins = Outward(frame.joins)
    facts.replaces = Outward(frame.replaced)
    facts.terminates = not frame.exits
    facts.handed = _handed(frame.facts)
    told = min(frame.signals.values(), default=-1)
    if told >= 0:  # whoever waits for it waits for what was before the last signal
        last = max(frame.signals.values())
        for access in facts.accesses:
            access.late = access.order > last
    if not frame.exits:
        return
    final = join(state for state, _ in frame.exits)
    # A function that takes a lock and may fail keeps it only where it returns no error.
    fails = bool(frame.function.results) and frame.function.results[-1].type == Basic("error")
    succeeded = [state for state, values in frame.exits if values and _may_be_success(values)] if fails else []
    kept = succeeded or [state for state, _ in frame.exits]
    facts.acquires = frozen(one for one in join(kept).held.values() if one.key not in final.retaken)
    for parameter in frame.function.params:
        if parameter.type == Basic("bool") and any(_knows(parameter, state) for state in kept):
            for truth in (True, False):
                way = join(state for state in kept if (parameter, not truth) not in state.assumed)
                facts.acquires_if[parameter, truth] = frozen(way.held.values()) - facts.acquires
    for one in join(kept).perhaps:
        if (
            one.flag is not None
            and one.flag.type == Basic("bool")
            and any(h.key == one.held.key for h in facts.acquires)
        ):
            known = facts.acquires_if.get((one.flag, one.truth), frozen())
            facts.acquires_if[one.flag, one.truth] = known | {one.held}
    facts.releases = final.dropped
    facts.waited, facts.received = final.waited, final.received
    running = widen(final.live)
    started = {call.spawn.identity for call in facts.calls if call.spawn is not None and not call.spawn.kept}
    still = {spawn.identity for spawn in running}
    facts.awaited = frozen(started - still)
    facts.awaited_for_callees = frozen(frame.left - frame.twice - started - still)
    # A function that leaves this many behind is a program's main loop: its callers start nothing after it.
    facts.running = running if len(running) <= _MAX_RUNNING else frozen()
    count = max(len(values) for _, values in frame.exits)
    returns: list[ir.Value | None] = []
    makings: list[tuple[tuple[str, ir.Value], ...]] = []
    fresh: set[int] = set()
    makes: set[int] = set()
    for index in range(count):
        given = [(state, values[index]) for state, values in frame.exits if index < len(values)]
        given = [(state, value) for state, value in given if not isinstance(ir.strip(value), ir.Nil)]
        bare = [ir.strip(value) for _, value in given]
        same = bool(bare) and all(one == bare[0] for one in bare)
        # A parameter that holds its struct by value may have been changed: what is returned is another object.
        whole = (
            same
            and isinstance(bare[0], ir.Local)
            and bare[0].variable.kind in ("param", "receiver")
            and isinstance(ownership.world.underlying(bare[0].type), Struct)
        )
        # An object made here is another one at each call, though it was put into a place before.
        new = bool(given) and all(one in state.given for (state, _), one in zip(given, bare, strict=True))
        returns.append(bare[0] if same and not whole and not new else None)
        makings.append(_making(bare[0], given[0][0]) if same else ())
        if given and all(ownership.private(value, state) for state, value in given):
            fresh.add(index)
        # A field that holds the newest one is no way to the others.
        latest = new and all(isinstance(one, ir.Field) for one in bare)
        if latest or (given and all(ownership.makes(value, state) for state, value in given)):
            makes.add(index)
    facts.returns = tuple(returns)
    facts.makings = tuple(makings)
    facts.makes = frozen(makes)
    facts.fresh = frozen(fresh)


def _making(returned: ir.Value, state: State) -> tuple[tuple[str, ir.Value], ...]:
    """What is in the fields of a new object that is returned, as far as its literal and the parameters tell."""
    if isinstance(returned, ir.Local):
        behind = state.env.get(returned.variable)
        returned = ir.strip(behind) if behind is not None else returned
    if not isinstance(returned, ir.Composite):
        return ()
    return tuple((name, entry) for name, entry in returned.entries if isinstance(name, str))


def _handed(facts: FunctionFacts) -> list[AccessFact]:
    """The accesses to maps that callers hand in: those whose place has no name of its own in other functions."""
    found: dict[tuple[str, int, str, ir.Value], AccessFact] = {}
    for access in facts.accesses:
        start = ir.root(access.map)
        if not (isinstance(start, ir.Local) and start.variable.kind in ("param", "receiver")):
            continue
        if access.owned or access.kind == "copy" or (access.kind == "replace" and ir.strip(access.map) == start):
            continue
        if any(isinstance(part, ir.Field) and part.owner for part in prefixes(access.map)):
            continue
        found.setdefault((access.function.path, access.at[0], access.kind, access.map), access)
        if len(found) >= _MAX_HANDED:
            break
    return list(found.values())


def _knows(parameter: ir.Variable, state: State) -> bool:
    return (parameter, True) in state.assumed or (parameter, False) in state.assumed


def _may_be_success(values: tuple[ir.Value, ...]) -> bool:
    """Whether a return may be one without an error: it says nil, or hands on whatever a call of it gave."""
    last = ir.strip(values[-1])
    if isinstance(last, ir.Nil):
        return True
    if not isinstance(last, ir.Result) or not isinstance(last.call.callee, (ir.FunctionRef, ir.MethodRef)):
        return False
    return len(values) > 1 and last.index == len(values) - 1 and len(last.call.results) == len(values)
