"""Code that never runs at the same time as other code, though a goroutine is there: it comes before, or they take turns."""

from __future__ import annotations

import re

from golint_maps.flow import ir, models
from golint_maps.flow.facts import AccessFact, Spawn
from golint_maps.flow.parts import definitions
from golint_maps.flow.places import place_key
from golint_maps.flow.threads import Thread
from golint_maps.types.model import Chan

# What listens for requests, or starts a goroutine that may (`wg.Go`).
_SERVES = re.compile(r"(?:Listen|Serve|Run|Start|New\w*Server|(?:Try)?Go$)")


def served_later(spawn: Spawn, at: ir.Span) -> bool:
    """Whether a handler was registered, but what stands at `at` in the same function comes before requests do.

    Requests come when somebody listens for them, in a call further down; a goroutine that starts between may do so as well.
    """
    body = spawn.function.body
    if spawn.title != models.REQUEST_TITLE or body is None or at[0] < spawn.at[0]:
        return False
    later = False
    for op in ir.walk(body):
        if isinstance(op, ir.Call) and (op.mode == "go" or _SERVES.match(getattr(op.callee, "name", ""))):
            if spawn.at[0] <= op.at[0] <= at[0]:
                return False
            later = later or op.at[0] > at[0]
    return later


def hand_over(one: Thread, other: Thread) -> bool:
    """Whether two goroutines that one function starts have channels for both directions, one answering the other.

    What one of them sends, the other waits for before it goes on, as a rule.
    """
    if (
        one.spawn is None
        or other.spawn is None
        or ir.outermost(one.spawn.function) is not ir.outermost(other.spawn.function)
    ):
        return False
    mine, theirs = _ends(one), _ends(other)
    ways = {(mine[channel], theirs[channel]) for channel in mine.keys() & theirs.keys()}
    return ("send", "receive") in ways and ("receive", "send") in ways


def _ends(thread: Thread) -> dict[ir.Value, str]:
    """The channels that a goroutine is given of which it has one end, and which."""
    spawn, entry = thread.spawn, thread.entry
    if spawn is None or entry is None or spawn.function.body is None:
        return {}
    ops = (op for op in ir.walk(spawn.function.body) if isinstance(op, ir.Call) and op.at == spawn.at)
    call = next(ops, None)
    if call is None:
        return {}
    given = zip(entry.params, call.arguments, strict=False)
    return {
        ir.strip(value): parameter.type.direction
        for parameter, value in given
        if isinstance(parameter.type, Chan) and parameter.type.direction != "both"
    }


def asks_first(fact: AccessFact, holder: str) -> bool:
    """Whether a function has sent something through a channel of the object, and waited for an answer on it, before."""
    body = fact.function.body
    keys = {key[2:] for key in fact.waited if key.startswith(f"<-{holder}.")}
    sends = (op for op in ir.walk(body) if isinstance(op, ir.Send)) if body is not None and keys else ()
    return any(place_key(ir.strip(op.channel)) in keys for op in sends)


def opens_the_way(fact: AccessFact, waited: frozenset[str]) -> bool:
    """Whether a function closes a channel after an access for which others have waited: `s.peers = m; close(s.ready)`."""
    body = fact.function.body
    keys = {key[2:] for key in waited if key.startswith("<-")}
    calls = (op for op in ir.walk(body) if isinstance(op, ir.Call)) if body is not None and keys else ()
    return any(
        isinstance(op.callee, ir.FunctionRef)
        and op.callee.package == "builtin"
        and op.callee.name == "close"
        and op.at[0] > fact.at[0]
        and op.mode == "call"
        and bool(op.arguments)
        and place_key(ir.strip(op.arguments[0])) in keys
        for op in calls
    )


def dispatches(thread: Thread) -> bool:
    """Whether a goroutine gives its object to what it receives through a channel: `event := <-l.events; event.Handle(l)`."""
    entry = thread.entry
    if entry is None or entry.receiver is None or entry.body is None:
        return False
    own = ir.Local(entry.receiver)
    for op in ir.walk(entry.body):
        if (
            isinstance(op, ir.Call)
            and isinstance(op.callee, ir.MethodRef)
            and any(ir.strip(a) == own for a in op.arguments)
        ):
            base = ir.root(op.callee.base)
            given = definitions(base.variable) if isinstance(base, ir.Local) else ()
            if any(isinstance(one, ir.Unary) and one.op == "<-" for one in given):
                return True
    return False
