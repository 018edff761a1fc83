"""What the calls of a whole package tell of its functions: by whom they are called, under which locks, on which goroutine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from golint_maps.flow import ir
from golint_maps.flow.facts import CallFact
from golint_maps.flow.locks import EXCLUSIVE, Held
from golint_maps.flow.naming import expects_lock
from golint_maps.flow.program import Program

_NONE: frozenset[str] = frozenset()


def kept_literals(program: Program) -> dict[ir.Function, frozenset[str]]:
    """The function literals that are kept somewhere, or passed on, with the keys of the locks that are held meanwhile.

    Whoever gets hold of them calls them: before the call that passes them returns, or whenever it likes.
    """
    found: dict[ir.Function, frozenset[str]] = {}
    for facts in program.facts.values():
        if not facts.function.is_test:
            for value, _, keys in facts.references:
                if isinstance(value, ir.Closure):
                    found[value.function] = found.get(value.function, keys) & keys
    return found


def left_to_callers(program: Program, unreached: list[ir.Function]) -> set[ir.Function]:
    """Of functions that nothing reaches, those which say that their callers hold a lock, and what these alone call."""
    wanted = set(unreached)
    callers: dict[ir.Function, set[ir.Function]] = {}
    for facts in program.facts.values():
        for call in facts.calls:
            if call.callee in wanted and not call.caller.is_test and call.caller is not call.callee:
                callers.setdefault(call.callee, set()).add(
                    ir.outermost(call.caller) if call.spawn is None else call.callee
                )
    found = {function for function in unreached if expects_lock(function)}
    grown = bool(found)
    while grown:
        more = {function for function, by in callers.items() if function not in found and by <= found}
        grown = bool(more)
        found |= more
    return found


def held_by_callers(program: Program) -> dict[ir.Function, frozenset[str]]:
    """The keys of the locks with which the package itself calls a function wherever it does, directly or through others.

    A constructor that calls a method of what it has just made needs no lock, and says nothing of what others hold.
    """
    # For each callee its ways in, each once: caller, locks held, locks given up. Thousands of calls are alike.
    ways: dict[ir.Function, dict[tuple[ir.Function, frozenset[str], frozenset[str]], None]] = {}
    for facts in program.facts.values():
        caller = facts.function
        if caller.is_test:
            continue
        for call in facts.calls:
            if _constructs(call):
                continue
            held = _NONE if call.spawn is not None else _keys_of([one for one in call.held if not one.once])
            ways.setdefault(call.callee, {})[caller, held, call.dropped] = None
        for mentioned, _, keys in facts.references:
            for callee in program.declared(mentioned) if not isinstance(mentioned, ir.Closure) else ():
                ways.setdefault(callee, {})[caller, keys, _NONE] = None
    # The greatest solution: what nobody calls holds nothing, everything else is narrowed down from there.
    found: dict[ir.Function, frozenset[str]] = {}
    callees: dict[ir.Function, set[ir.Function]] = {}
    for callee, several in ways.items():
        for caller, _, _ in several:
            callees.setdefault(caller, set()).add(callee)
    # The facts were found callees first, and the last of the pending is next: callers come before what they call.
    pending = [one for one in ways if one not in program.facts] + [one for one in program.facts if one in ways]
    waiting = set(pending)
    while pending:
        function = pending.pop()
        waiting.discard(function)
        common: frozenset[str] | None = None
        for caller, held, dropped in ways[function]:
            above = found.get(caller) if caller in ways else _NONE
            if above is None:
                continue  # nothing is known of the caller yet
            keys = held | (above - dropped - {EXCLUSIVE_MARK + key for key in dropped})
            common = keys if common is None else common & keys
            if not common:
                break
        if common is not None and found.get(function) != common:
            found[function] = common
            again = [one for one in callees.get(function, ()) if one in ways and one not in waiting]
            pending += again
            waiting.update(again)
    return found


# What stands before the keys of agreed locks that all callers hold exclusively, which are there by themselves as well.
EXCLUSIVE_MARK = "exclusively "


def _keys_of(several: Iterable[Held]) -> frozenset[str]:
    """The keys of held locks, with those that are held exclusively marked."""
    keys = {one.key for one in several}
    return frozenset(keys.union(EXCLUSIVE_MARK + one.key for one in several if one.mode == EXCLUSIVE))


def homes_of(program: Program, loops: Mapping[ir.Function, tuple[str, int]]) -> dict[ir.Function, tuple[str, int]]:
    """The functions that the package itself only calls on one goroutine, directly or through others, with its spawn.

    `loops` are the main loops that nobody here calls, with what stands for their spawn.
    """
    ways: dict[ir.Function, set[ir.Function | tuple[str, int]]] = {}
    for facts in program.facts.values():
        if facts.function.is_test:
            continue
        for call in facts.calls:
            ways.setdefault(call.callee, set()).add(facts.function if call.spawn is None else call.spawn.identity)
        for mentioned, _, _ in facts.references:
            for callee in program.declared(mentioned) if not isinstance(mentioned, ir.Closure) else ():
                ways.setdefault(callee, set()).add(_OUTSIDE)
    found: dict[ir.Function, set[tuple[str, int]]] = {}
    pending = list(ways)
    callees: dict[ir.Function, list[ir.Function]] = {}
    for callee, several in ways.items():
        for caller in several:
            if isinstance(caller, ir.Function):
                callees.setdefault(caller, []).append(callee)
    while pending:
        function = pending.pop()
        now: set[tuple[str, int]] = set()
        for caller in ways[function]:
            if not isinstance(caller, ir.Function):
                now.add(caller)
            elif caller is not function:
                now |= found.get(caller, set()) if caller in ways else {loops.get(caller, _OUTSIDE)}
        if now != found.get(function):
            found[function] = now
            pending += callees.get(function, ())
    single = {function: next(iter(spawns)) for function, spawns in found.items() if len(spawns) == 1}
    return {function: spawn for function, spawn in single.items() if spawn != _OUTSIDE}


_OUTSIDE = ("", -1)


def _constructs(call: CallFact) -> bool:
    """Whether a call is one on an object that its caller is still making, or has got to put it into what it makes."""
    receiver = call.callee.receiver
    if receiver is None or call.spawn is not None:
        return False
    if receiver in call.made | call.fresh:
        return True
    start = ir.root(call.arguments[receiver]) if receiver in call.arguments else None
    maker = call.caller.receiver is None and call.caller.short_name.startswith(("New", "new", "Make", "make"))
    return maker and isinstance(start, ir.Local) and start.variable.kind == "local"


def callers_first(program: Program, functions: list[ir.Function]) -> Iterator[ir.Function]:
    """The functions, callers before what they call: what only they reach is no way in from outside.

    The facts were found callees first, as far as recursion allows; so this is their order, backwards.
    """
    wanted = set(functions)
    called = {call.callee for facts in program.facts.values() for call in facts.calls if call.caller is not call.callee}
    yield from (function for function in functions if function not in called)
    yield from (function for function in reversed(program.facts) if function in wanted)


def helpers_of_requests(program: Program, referenced: Iterable[ir.Function]) -> set[ir.Function]:
    """The handlers that the package itself calls, always on an object which the caller has just made, and never mentions."""
    found: set[ir.Function] = set()
    others = set(referenced)
    for facts in program.facts.values():
        for call in facts.calls:
            handles = call.callee.receiver is not None and call.callee.short_name == "ServeHTTP"
            if handles and not call.caller.is_test:
                own = call.spawn is None and call.callee.receiver in call.made | call.fresh
                (found if own else others).add(call.callee)
    return found - others


def construction_helpers(program: Program) -> set[ir.Function]:
    """The functions (no methods) which the package itself only calls with objects that the caller has just made."""
    found: set[ir.Function] = set()
    others: set[ir.Function] = set()
    for facts in program.facts.values():
        for call in facts.calls:
            if call.callee.receiver is None and call.callee.parent is None and not call.caller.is_test:
                made_only = bool(call.callee.params) and call.callee.params[0] in (call.made | call.fresh)
                (found if made_only and call.spawn is None else others).add(call.callee)
    return found - others


def referenced_functions(program: Program) -> dict[ir.Function, frozenset[str]]:
    """The functions that are mentioned as values, with the locks that are held wherever they are."""
    found: dict[ir.Function, frozenset[str]] = {}
    for facts in program.facts.values():
        if not facts.function.is_test:
            for value, _, held in facts.references:
                if not isinstance(value, ir.Closure):
                    for function in program.declared(value):
                        found[function] = found.get(function, held) & held
    return found
