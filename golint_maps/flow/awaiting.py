"""Which goroutines are awaited: by the function that starts them, or by all that call it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from golint_maps.flow import ir
from golint_maps.flow.facts import FunctionFacts
from golint_maps.types.model import qualified_name_of

Identity = tuple[str, int]


def awaited_goroutines(facts: Mapping[ir.Function, FunctionFacts]) -> frozenset[Identity]:
    """The identities of the goroutines that have ended when the call is over in which they were started.

    Who gets a `sync.WaitGroup` for the goroutines that it starts leaves the waiting to its callers: `load(path, &wg)`.
    """
    found = {identity for one in facts.values() for identity in one.awaited}
    awaiting = {identity for one in facts.values() for identity in one.awaited_for_callees}
    if awaiting:
        callers = _callers(facts.values())
        starters = {call.spawn.identity: one for one in facts.values() for call in one.calls if call.spawn is not None}
        for identity in awaiting & starters.keys():
            if _all_await(starters[identity], identity, facts, callers):
                found.add(identity)
    return frozenset(found)


def _callers(several: Iterable[FunctionFacts]) -> dict[ir.Function, set[ir.Function | None]]:
    """The functions that call others; None where one is started, or mentioned as a value: called who knows where."""
    found: dict[ir.Function, set[ir.Function | None]] = {}
    mentioned: set[str] = set()
    for facts in several:
        if facts.function.is_test:
            continue
        for call in facts.calls:
            found.setdefault(call.callee, set()).add(facts.function if call.spawn is None else None)
        for value, _, _ in facts.references:
            if isinstance(value, (ir.FunctionRef, ir.MethodRef)):
                mentioned.add(value.name)
    for function, callers in found.items():
        if function.short_name in mentioned:
            callers.add(None)
    return found


def _all_await(
    starter: FunctionFacts,
    identity: Identity,
    facts: Mapping[ir.Function, FunctionFacts],
    callers: Mapping[ir.Function, set[ir.Function | None]],
) -> bool:
    """Whether all ways to a function lead through one that awaits the goroutine which it leaves behind."""
    seen: set[ir.Function] = set()
    pending = [starter.function]
    while pending:
        function = pending.pop()
        if function in seen:
            continue
        seen.add(function)
        by = callers.get(function, set())
        if not by or _is_open(function):
            return False
        for caller in by:
            known = facts.get(caller) if caller is not None else None
            if known is None:
                return False
            if identity not in known.awaited_for_callees:
                if all(spawn.identity != identity for spawn in known.running):
                    return False
                pending.append(known.function)
    return True


def _is_open(function: ir.Function) -> bool:
    """Whether others may call a function without knowing what it leaves behind: it is not given what they could wait for."""
    return function.exported and all(qualified_name_of(one.type) != "sync.WaitGroup" for one in function.params)
