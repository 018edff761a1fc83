"""Words for what the analysis found: accesses, threads and locks as sentences for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from golint_maps.finding import Location, MissingLock, Quoted, Related, ThreadStep, ThreadTrace
from golint_maps.flow import ir
from golint_maps.flow.accesses import Effective
from golint_maps.flow.facts import FunctionFacts
from golint_maps.flow.kinds import (
    CONCURRENT_ITERATION,
    GUARDED_MAP_ESCAPES,
    INCONSISTENT_LOCK,
    WRITE_UNDER_RLOCK,
    WRONG_LOCK,
)
from golint_maps.flow.locks import SHARED, Held
from golint_maps.flow.places import in_entry, key_name
from golint_maps.flow.threads import EXTERNAL, HANDLER, MAIN, SPAWNED, TEST
from golint_maps.flow.verdicts import Conflict

_PATH = re.compile(r"\w+(\.\w+)*")
_DONE = {
    "read": "read",
    "check": "compared with nil",
    "len": "measured with len",
    "iterate": "ranged over",
    "write": "written",
    "delete": "deleted from",
    "clear": "cleared",
    "replace": "replaced",
    "copy": "handed out",
}


def done(one: Effective) -> str:
    """What an access does, as a participle: `written`, `ranged over by json.Marshal`."""
    via = one.fact.op.via if isinstance(one.fact.op, ir.Access) else ""
    word = _DONE[one.fact.kind]
    if isinstance(one.fact.op, ir.Touch):
        return f"{word} in {via}"
    if via:
        word = {"iterate": "read", "delete": "changed", "clear": "changed"}.get(one.fact.kind, word)
        return f"{word} by {via}"
    return word


def by_thread(one: Effective) -> str:
    """On which thread an access happens, as `by …`."""
    thread = one.thread
    if thread.kind in (SPAWNED, HANDLER, TEST):
        return f"by {thread.title}"
    if thread.kind == MAIN:
        return "by main"
    if thread.kind == EXTERNAL:
        return f"by callers of {one.fact.function.name}"
    return f"by {one.fact.function.name}"


def with_locks(one: Effective) -> str:
    """Which locks protect an access: `holding s.mu`, `holding s.mu (shared)`, `without a lock`."""
    if not one.locks:
        return "without a lock"
    return "holding " + ", ".join(f"`{name}`" for name in lock_names(one))


def lock_names(one: Effective) -> Iterator[str]:
    """The locks that protect an access, as they are written there: `s.mu`, `s.mu (shared)`."""
    for held in _sorted_locks(one):
        text = ir.text_of(held.path) if held.path is not None else key_name(held.key)
        yield f"{text} (shared)" if held.mode == SHARED else text


def _sorted_locks(one: Effective) -> list[Held]:
    return sorted(one.locks.values(), key=lambda held: held.key)


def location(one: Effective) -> Location:
    """Where an access stands."""
    return Location(one.fact.function.path, *one.fact.at)


def sides(conflict: Conflict) -> tuple[Related, ...]:
    """The other sides of a conflict: the witness, where goroutines start, other places with the same defect."""
    found: list[Related] = []
    second = conflict.second
    if (second.fact.function.path, second.fact.at) != (conflict.first.fact.function.path, conflict.first.fact.at):
        found.append(Related(location(second), f"{done(second)} here {by_thread(second)}, {with_locks(second)}"))
    for one in (conflict.first, conflict.second):
        spawn = one.thread.spawn
        if spawn is not None:
            place = Location(spawn.function.path, *spawn.at)
            if all(other.location != place for other in found):
                found.append(Related(place, f"{one.thread.title} starts here"))
    if conflict.first.origin is not None and conflict.first.origin.spawn is None and not conflict.first.fact.held:
        call = conflict.first.origin
        found.append(
            Related(Location(call.caller.path, *call.at), f"called from here without the lock, in {call.caller.name}")
        )
    found += _also(one for one in conflict.others if location(one) != location(second))  # which has been told
    return tuple(found)


def also(conflicts: Iterable[Conflict]) -> list[Related]:
    """Where further conflicts of the same kind stand."""
    return _also(conflict.first for conflict in conflicts)


def _also(several: Iterable[Effective]) -> list[Related]:
    return [Related(location(one), f"also {done(one)} here {with_locks(one)}") for one in islice(several, 20)]


def quoted(conflict: Conflict) -> tuple[Quoted, ...]:
    """Where functions of other packages do what the conflict is about."""
    if (abroad := conflict.abroad) is not None:
        what = f"written here by {abroad.name}, holding `{abroad.lock}`"
        return (Quoted(abroad.file, abroad.function, abroad.text, what),)
    touches = (one.fact.op for one in (conflict.first, conflict.second))
    return tuple(
        dict.fromkeys(
            Quoted(op.there.file, op.there.function, op.there.text, f"{_DONE[op.kind]} here by {op.via}")
            for op in touches
            if isinstance(op, ir.Touch) and op.there is not None
        )
    )


def traces(conflict: Conflict, facts: Mapping[ir.Function, FunctionFacts]) -> tuple[ThreadTrace, ...]:
    """One story for each goroutine of a conflict: how it starts, who calls, where the locks are taken, the access."""
    sides = (conflict.first, conflict.second) if conflict.abroad is None else (conflict.first,)
    return tuple(
        ThreadTrace(by_thread(one).removeprefix("by "), tuple(_steps(one, conflict.place.name, facts))) for one in sides
    )


def _steps(one: Effective, name: str, facts: Mapping[ir.Function, FunctionFacts]) -> Iterator[ThreadStep]:
    held: tuple[str, ...] = ()
    spawn = one.thread.spawn
    if spawn is not None:
        yield ThreadStep(Location(spawn.function.path, *spawn.at), f"{one.thread.title} starts", "start")
    call = one.origin
    if call is not None and call.spawn is None:
        for step in _taken(one, call.caller, call.at, held, facts):
            held = step.locks
            yield step
        where = Location(call.caller.path, *call.at)
        yield ThreadStep(where, f"{call.caller.name} calls {call.callee.name}", "call", held)
    for step in _taken(one, one.fact.function, one.fact.at, held, facts):
        held = step.locks
        yield step
    yield ThreadStep(location(one), f"{name} is {done(one)} {with_locks(one)}", "access", tuple(lock_names(one)))


def _taken(
    one: Effective,
    function: ir.Function,
    before: ir.Span,
    held: tuple[str, ...],
    facts: Mapping[ir.Function, FunctionFacts],
) -> Iterator[ThreadStep]:
    """Where `function` takes those locks of an access that are not `held` yet, each for the last time before a place."""
    known = facts.get(function)
    wanted = {one_held.key: name for one_held, name in zip(_sorted_locks(one), lock_names(one), strict=True)}
    taken = {op.lock.key: op for op in (known.lock_ops if known else ()) if op.takes and op.at < before}
    for op in sorted(taken.values(), key=lambda op: op.at):
        name = wanted.get(op.lock.key)
        if name is not None and name not in held:
            held = (*held, name)
            yield ThreadStep(Location(function.path, *op.at), f"takes {name}", "lock", held)


def take(conflict: Conflict) -> str:
    """Which lock operation would mend a forgotten access: `s.mu.RLock()`."""
    if conflict.guard is None:
        return ""
    return f"{conflict.guard.text}.{_verb(conflict, conflict.guard.key)}()"


def missing_lock(conflict: Conflict) -> MissingLock | None:
    """The lock that was forgotten, as it has to be written at the place of the report; None where that is not certain."""
    guard, first = conflict.guard, conflict.first
    if conflict.kind != INCONSISTENT_LOCK or guard is None or first.locks or first.useless:
        return None
    owner, _, name = guard.key.rpartition(".")
    if conflict.abroad is not None and not name[:1].isupper():  # it is out of reach
        return None
    if name == "Lock":  # a promoted one, of which no more is known
        return None
    touched = ir.strip(first.fact.map)
    while isinstance(touched, ir.Element):
        touched = ir.strip(touched.base)
    if isinstance(touched, ir.Field) and touched.owner == owner:
        lock = f"{ir.text_of(touched.base)}.{name}"
    elif first.fact.function.package == owner:
        lock = name
    else:
        return None
    if not _PATH.fullmatch(lock):
        return None
    take = _verb(conflict, guard.key)
    return MissingLock(lock, take, take.replace("Lock", "Unlock"))


def _verb(conflict: Conflict, key: str) -> str:
    modes = {way.locks[key].mode for site in conflict.place.sites for way in site.ways if key in way.locks}
    return "RLock" if SHARED in modes and not conflict.first.fact.writes else "Lock"


def message(conflict: Conflict) -> str:
    """One sentence for a conflict: the map, both sides, and why they may meet; without line numbers."""
    name, first, second = conflict.place.name, conflict.first, conflict.second
    guard = conflict.guard
    if conflict.kind == WRITE_UNDER_RLOCK:
        return f"{name} is {done(first)} {with_locks(first)}: RLock lets several goroutines in, and a write needs Lock"
    if conflict.kind == GUARDED_MAP_ESCAPES and guard is not None:
        how = "sent" if isinstance(first.fact.op, ir.Send) else "returned" if first.fact.kind == "copy" else ""
        tail = f"while others change it (it is {done(second)} {by_thread(second)})"
        if how and in_entry(first.fact.map):
            leaving = f"leaves inside of an entry that is {how}"
            return f"{name}, changed under `{guard.text}`, {leaving}: it is used without the lock {tail}"
        if how:
            return f"{name}, guarded by `{guard.text}`, is {how} by reference: it is used without the lock {tail}"
        # Who releases a lock of its caller may have got the reference under it.
        late = first.fact.taken or first.fact.dropped
        kept = "kept after the lock" if late else "that was taken without the lock"
        return f"{name}, guarded by `{guard.text}`, is {done(first)} through a reference {kept} {tail}"
    if conflict.kind == WRONG_LOCK:
        why = _useless(first)
        if why:
            return f"{name} is {done(first)} {by_thread(first)} under {why}, so that it may be {done(second)} meanwhile"
        if guard is not None:
            return f"{name} is guarded by `{guard.text}`, but {done(first)} here {with_locks(first)} instead"
    if conflict.abroad is not None and guard is not None:
        return (
            f"{name} is guarded by `{guard.text}` in its own package, but {done(first)} here {by_thread(first)} without it, "
            f"while {conflict.abroad.name} may change it"
        )
    if conflict.kind == INCONSISTENT_LOCK and guard is not None:
        share = "by its comment" if guard.annotated else f"in {guard.locked} of {guard.total} places"
        instead = f" ({with_locks(first)})" if first.locks else ""
        return (
            f"{name} is guarded by `{guard.text}` {share}, but {done(first)} here without it{instead}, "
            f"while it may be {done(second)} {by_thread(second)}"
        )
    if first.fact is second.fact and by_thread(first) == by_thread(second):
        several = (
            "" if first.thread.kind == HANDLER or "once per" in first.thread.title else ", several of which run at once"
        )
        return f"{name} is {done(first)} {with_locks(first)} {by_thread(first)}{several}"
    return (
        f"{name} is {done(first)} {by_thread(first)} {with_locks(first)}, "
        f"and may be {done(second)} at the same time {by_thread(second)} {with_locks(second)}"
    )


def _useless(one: Effective) -> str:
    reasons = {
        "copied": "a copy of its lock (`{}` is held by value)",
        "local": "a lock made for this call alone (`{}`)",
        "anew": "a lock that is made anew for each goroutine (`{}`)",
        "instance": "the lock of another object (`{}`)",
    }
    for held, why in one.useless:
        return reasons[why].format(ir.text_of(held.path) if held.path is not None else key_name(held.key))
    return ""


def hint(conflict: Conflict) -> str:
    """How to mend a conflict, in terms of this code."""
    kind, guard = conflict.kind, conflict.guard
    if kind == WRITE_UNDER_RLOCK:
        return "take the lock with Lock(); after RUnlock and Lock, look again before writing"
    if kind == GUARDED_MAP_ESCAPES:
        return "hand out a copy made under the lock (maps.Clone), or do the work before unlocking"
    if kind == WRONG_LOCK and conflict.first.useless:
        if isinstance(ir.root(conflict.first.fact.map), ir.Global) and conflict.first.useless[0][1] == "instance":
            return "declare one mutex beside the package variable, and take it wherever the map is touched"
        return {
            "copied": "share the lock through a pointer (pointer receiver, pointer parameter, pointer elements)",
            "local": "put the lock beside the map, so that all goroutines share it",
            "anew": "declare the lock beside the map, before the loop, so that all goroutines share it",
            "instance": "take the lock of the object whose map this is",
        }[conflict.first.useless[0][1]]
    if conflict.abroad is not None and not conflict.abroad.lock[:1].isupper():
        return "let a method of its own package do this under the lock, or hand out a copy that it makes under the lock"
    neighbours = conflict.place.neighbours
    if neighbours is not None:
        return f"take {neighbours.text}, as the functions that touch it do for the maps beside it"
    if guard is not None:
        return f"take {take(conflict)} around this access, as the other places do"
    if kind == CONCURRENT_ITERATION:
        return "guard both sides with one mutex; to keep the critical section short, range over a copy made under it"
    return "guard both sides with one sync.Mutex, use sync.Map, or give each goroutine a map of its own and merge after Wait"
