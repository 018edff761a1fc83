"""Verdicts on pairs of accesses: may they overlap, and does a common lock exclude that?

Principles of reporting (after RacerD's): report only what has a witness on both sides; what is unknown is silent; one
finding per place and reason, the best witness first.
"""

from __future__ import annotations

import re

from golint_maps.finding import Confidence
from golint_maps.flow import ir
from golint_maps.flow.accesses import Effective, Place, family, made
from golint_maps.flow.facts import Spawn
from golint_maps.flow.flags import alone_from
from golint_maps.flow.gathering import made_here
from golint_maps.flow.locks import EXCLUSIVE, ONCE_BODY
from golint_maps.flow.models import CALL, PARALLEL_TEST
from golint_maps.flow.naming import runs_once
from golint_maps.flow.places import holder_of, is_picked, loops_of, place_key, prefixes
from golint_maps.flow.threads import (
    CALLBACK,
    EXTERNAL,
    HANDLER,
    MAIN,
    SPAWNED,
    TEST,
    Thread,
    leaves_by,
    loops_forever,
    picks_its_own,
    starts_inside,
)
from golint_maps.flow.turns import opens_the_way, served_later
from golint_maps.record import record
from golint_maps.types.model import Pointer

_CONFIGURES = re.compile(r"(?:Configure|Init(?:ialize)?|Set_?[Uu]p)(?![a-z])")


@record(frozen=True, slots=True)
class Overlap:
    """Two accesses that may happen at the same time: how sure that is, and why.

    `started_here`: one of them starts the goroutine of the other on its way, which holds nothing of what its callers hold.
    `by_callers`: they do if callers come several times, which is likely, but not in sight. `again`: they do if a function is
    called for another key, which is what it is for, also while things are set up.
    """

    confidence: Confidence
    reason: str
    started_here: bool = False
    by_callers: bool = False
    again: bool = False


@record(frozen=True, slots=True)
class Sharing:
    """What tells that several goroutines come to a place: `shared`, if the object carries a lock; `guarded`, if a lock is
    for this very map; `beside`, if that lock belongs to the object that holds the map, and so to whoever has the object;
    `neighbours`, if a lock guards the maps beside it."""

    shared: bool
    guarded: bool = False
    beside: bool = False
    neighbours: bool = False

    @classmethod
    def of(cls, place: Place, shared: bool) -> Sharing:
        """What is known of a place."""
        guard = place.guard
        beside = guard is not None and guard.key.rpartition(".")[0] == holder_of(place.key)
        return cls(shared, guard is not None, beside, place.neighbours is not None)


def protected(one: Effective, other: Effective) -> bool:
    """Whether a common lock excludes that the two overlap (two readers' locks do not)."""
    for key, held in one.locks.items():
        mine = other.locks.get(key)
        if mine is not None and (held.mode == EXCLUSIVE or mine.mode == EXCLUSIVE):
            return True
    if _shielded(one, other) or _shielded(other, one):
        return True
    return any(
        mine is not None and ONCE_BODY in (held.mode, mine.mode)
        for key, held in one.once.items()
        for mine in [other.once.get(key)]
    )


def _shielded(one: Effective, other: Effective) -> bool:
    """Whether who started the goroutine of an access keeps the other one out until that goroutine has ended."""
    spawn, second = one.thread.spawn, other.thread.spawn
    if spawn is None or spawn.identity in other.live:
        return False
    if any(key in other.locks for key in one.context.shield):
        return True
    if second is None or not one.context.shield & other.context.shield:
        return False
    return not spawn.many if spawn.identity == second.identity else second.identity not in one.live


def _ordered(one: Effective, other: Effective) -> bool:
    """Whether one access happens on a goroutine whose end the other has waited for."""
    waited = other.fact.waited | other.context.waited
    return any(key in waited or (not one.thread.many and f"<-{key}" in waited) for key in one.ends)


def _waits_for(one: Effective, other: Effective) -> bool:
    """Whether one access comes after a channel was closed which the function of the other one closes after that."""
    return one.fact.function is not other.fact.function and opens_the_way(
        other.fact, one.fact.waited | one.context.waited
    )


def _lets_one_in(one: Effective, other: Effective) -> bool:
    """Whether both accesses stand behind the flag by which their function lets in one at a time, or in what it calls there."""
    sides = [(way.fact.function, way.fact.at) for way in (one, other)]
    if sides[0][0] is not sides[1][0] and one.origin is not None and other.origin is not None:
        sides = [
            (way.origin.caller, way.origin.at)
            for way in (one, other)
            if way.origin is not None and not way.origin.spawn
        ]
    if len(sides) < 2 or sides[0][0] is not sides[1][0] or sides[0][0].parent is not None:
        return False
    start = alone_from(sides[0][0])
    return all(at[0] >= start for _, at in sides)


def over_before(one: Effective, other: Effective) -> bool:
    """Whether an access happens on a goroutine that has ended before the other one: it was waited for, here or by name."""
    spawn = one.thread.spawn
    if spawn is None or other.thread.spawn is not None:
        return False
    if ir.outermost(other.fact.function) is ir.outermost(spawn.function):
        return spawn.identity not in other.live or _ordered(one, other)
    # Who has started the goroutine awaits it, and only then hands out what it has made.
    start = ir.root(one.fact.map)
    own = isinstance(start, ir.Local) and start.variable.kind == "local" and start.variable.function is spawn.function
    return (own and one.awaited) or _ordered(one, other)


def overlap(one: Effective, other: Effective, sharing: Sharing) -> Overlap | None:
    """Whether two accesses to one place may happen at the same time, judged by their threads alone.

    What is started and awaited by a call happens while the call does, and meets whatever the call meets.
    """
    found = _directly(one, other, sharing)
    ways = [(one.during, other), (one, other.during), (one.during, other.during)]
    # Goroutines of one start meet if the calls that start and await them do: what happens on one is no part of another call.
    alike = one.thread.kind == SPAWNED and one.thread.identity == other.thread.identity
    for first, second in ways[2:] if alike else ways:
        if found is None and first is not None and second is not None:
            found = _directly(first, second, sharing)
    return found


def _directly(one: Effective, other: Effective, sharing: Sharing) -> Overlap | None:
    a, b = one.thread, other.thread
    if a.identity != b.identity and (_ordered(one, other) or _ordered(other, one)):
        return None
    if _waits_for(one, other) or _waits_for(other, one) or _lets_one_in(one, other):
        return None
    # Each goroutine of a loop may have an index of its own; what a lock guards, others reach by the same.
    alike = a.kind == SPAWNED and a.identity == b.identity
    if one.fact.by_index and other.fact.by_index and (alike or not sharing.guarded):
        return None
    if a.kind != b.kind and TEST in (a.kind, b.kind) and SPAWNED not in (a.kind, b.kind):
        return None
    if _by_turns(a, b) or (not sharing.guarded and (_is_configured_by(a) or _is_configured_by(b))):
        return None
    if a == b or (a.kind == b.kind == SPAWNED and a.identity == b.identity):  # started at one place, perhaps by several
        return _with_itself(one, other, sharing)
    if sharing.shared and _from_outside(a) and _from_outside(b) and not (made(one) or made(other)):
        return Overlap(Confidence.MEDIUM, "the lock tells that several goroutines use it")
    if a.kind == b.kind == TEST:
        if a.parallel and b.parallel and _common(one) and _common(other):
            return Overlap(Confidence.HIGH, "parallel tests run at the same time")
        return None
    if b.kind == SPAWNED and (a.kind != SPAWNED or a.identity not in other.live):
        one, other, a, b = other, one, b, a
    if a.kind == SPAWNED:
        return _with_spawned(one, other, sharing)
    if HANDLER in (a.kind, b.kind):
        if MAIN in (a.kind, b.kind):
            return None
        if a.kind == b.kind:
            if _common(one) and _common(other):
                by_callers = not (a.in_sight and b.in_sight)
                return Overlap(_sure(one, other), "requests are served concurrently", by_callers=by_callers)
            if sharing.beside and not (made(one) or made(other)):
                return Overlap(Confidence.MEDIUM, "requests are served concurrently")
            return None
        served, caller = (one, other) if a.kind == HANDLER else (other, one)
        if made(caller) and not (caller.live and _exposed(caller)):  # requests come to it only later
            return None
        # What a lock beside it guards is shared, however a request gets there.
        if not sharing.beside and (not _common(served) or family(one) != family(other)):
            return None
        if not (sharing.shared or _serves(served)):
            return None
        return Overlap(Confidence.MEDIUM, "requests are served concurrently")
    return None


def _from_outside(thread: Thread) -> bool:
    """Whether somebody outside of the package calls, on a goroutine that nobody sees."""
    return thread.kind in (EXTERNAL, CALLBACK) or (thread.spawn is not None and thread.spawn.assumed)


def _with_spawned(one: Effective, other: Effective, sharing: Sharing) -> Overlap | None:
    """`one` happens on a goroutine that is started somewhere, `other` on another thread."""
    a, b = one.thread, other.thread
    assert a.spawn is not None
    if one.fact.ordered or other.fact.ordered or _on_two_objects(one, other):
        return None
    if a.spawn.title == PARALLEL_TEST and b.kind != SPAWNED:
        return None
    if made(one) and made(other):  # each thread has made an object of its own
        return None
    if _is_below(one, other):
        return None
    if _of_other_iterations(one, other) or (b.kind != SPAWNED and _before_requests(a.spawn, other)):
        return None
    if _late(one, other) or a.identity in (other.live if b.kind in (MAIN, TEST) else other.started):
        both = _exposed(one) and _exposed(other)
        # Both sides in plain sight, in one function or one program, or one of them behind calls.
        near = b.kind in (MAIN, TEST) or ir.outermost(other.fact.function) is ir.outermost(a.spawn.function)
        confidence = Confidence.HIGH if near else Confidence.MEDIUM
        return Overlap(confidence, f"{a.title} may still run", not one.locks) if both else None
    if a.identity in other.live and made(other) and _exposed(one) and _exposed(other):
        # The object is this thread's own, but for what an earlier call of it has left running.
        return Overlap(Confidence.MEDIUM, f"{a.title} may still run")
    if made(one) or made(other):
        return None
    if b.kind == SPAWNED:
        assert b.spawn is not None
        # What a call awaits is over before a main loop that makes the call goes on.
        if not sharing.guarded and ((one.awaited and b.spawn.assumed) or (other.awaited and a.spawn.assumed)):
            return None
        if b.identity in one.live and _exposed(one) and _exposed(other):
            sure = _in_sight(one) and _in_sight(other)
            confidence = Confidence.HIGH if sure else Confidence.MEDIUM
            return Overlap(confidence, "both goroutines run at the same time")
        if ir.outermost(a.spawn.function) is ir.outermost(b.spawn.function) and not (a.spawn.kept or b.spawn.kept):
            return None
        for_all = sharing.guarded and (sharing.beside or _is_variable(one)) and not (one.awaited or other.awaited)
        # Two methods that each start a goroutine are no evidence that both are called on one object, if nothing else is.
        lasting = sharing.shared or _long_lived(a) or _long_lived(b)
        if for_all or (lasting and _belongs(one) and _belongs(other) and family(one) == family(other)):
            return Overlap(Confidence.MEDIUM, "both goroutines may run at the same time")
        if _kept_together(one, other):
            return Overlap(Confidence.MEDIUM, "both goroutines may run at the same time")
        return None
    if one.awaited and not sharing.guarded:
        return None
    if b.kind not in (EXTERNAL, HANDLER, CALLBACK):
        return None
    if ir.outermost(other.fact.function) is ir.outermost(a.spawn.function):
        if _runs_for_each_key(one, other):
            return Overlap(Confidence.MEDIUM, f"{a.title} may still run when it is called for another key", again=True)
        return None
    if not sharing.guarded and _prepares(other, a):
        return None
    for_all = sharing.guarded and (((sharing.beside or _is_variable(one)) and not one.awaited) or a.spawn.one_thread)
    if for_all or (_belongs(one) and family(one) == family(other) and (sharing.shared or _long_lived(a))):
        return Overlap(Confidence.MEDIUM, f"{a.title} runs beside the callers of this package")
    return None


def _runs_for_each_key(one: Effective, other: Effective) -> bool:
    """Whether a function stores something by a key that it is given, and starts a goroutine that goes on to use that map."""
    spawn, function, op = one.thread.spawn, other.fact.function, other.fact.op
    if spawn is None or not other.fact.writes or function is not spawn.function or not isinstance(op, ir.Access):
        return False
    key = ir.strip(op.key) if op.key is not None else None
    given = isinstance(key, ir.Local) and key.variable in function.params
    same = family(one) == family(other) and (_belongs(one) or _is_variable(one))
    return given and same and one.fact.in_loop and not one.awaited


def _kept_together(one: Effective, other: Effective) -> bool:
    """Whether one function has given away two functions that others call for as long as they like, and both come to an object."""
    a, b = one.thread.spawn, other.thread.spawn
    assert a is not None and b is not None
    kept = a.kept and b.kept and ir.outermost(a.function) is ir.outermost(b.function)
    shared = all(_common(way) or _exposed(way) for way in (one, other))
    return kept and shared and family(one) == family(other)


def _prepares(other: Effective, thread: Thread | None) -> bool:
    """Whether an access is what a function has a helper do before it starts a goroutine, or what starts that, if it runs once."""
    calls = (other.fact.through, other.origin)  # a map that was handed to the helper, and one that it finds itself
    callers = [ir.outermost(one.caller) for one in calls if one is not None]
    while thread is not None and thread.spawn is not None and thread.identity not in other.live:
        starter = ir.outermost(thread.spawn.function)
        if starter in callers and runs_once(starter):
            return True
        thread = thread.parent
    return False


def _on_two_objects(one: Effective, other: Effective) -> bool:
    """Whether two goroutines work on fields of two objects, of which their starter has made one for its goroutine alone."""
    if not one.context.objects and not other.context.objects:
        return False
    mine, theirs = _holder(one), _holder(other)
    if mine is None or theirs is None:
        return False
    own, others = dict(one.context.objects).get(mine), dict(other.context.objects).get(theirs)
    if own is None and others is None:
        return False
    own, others = own or _named(mine), others or _named(theirs)
    return own is not None and others is not None and own is not others


def _holder(way: Effective) -> ir.Variable | None:
    """The variable that holds, or points to, the object whose very field is the map."""
    parts = prefixes(ir.strip(way.fact.map))
    start = parts[-1]
    inside = len(parts) > 1 and all(isinstance(part, ir.Field) for part in parts[:-1])
    if not inside or not isinstance(start, ir.Local) or any(isinstance(part.type, Pointer) for part in parts[1:-1]):
        return None
    return start.variable


def _named(variable: ir.Variable) -> ir.Variable | None:
    """A variable that is the only name of its object."""
    return variable if made_here(variable) else None


def _before_requests(spawn: Spawn, other: Effective) -> bool:
    """Whether an access stands between the registration of a handler and the call that waits for requests."""
    fact, origin = other.fact, other.origin
    if fact.function is spawn.function:
        return served_later(spawn, fact.at)
    return origin is not None and origin.caller is spawn.function and served_later(spawn, origin.at)


def _of_other_iterations(one: Effective, other: Effective) -> bool:
    """Whether a goroutine has got the item of one iteration of a loop, and the other access is to that of another one."""
    spawn = one.thread.spawn
    assert spawn is not None
    turn, theirs = other.fact.turn | other.context.turn, other.thread.spawn
    for loop in _loops(one, True) & _loops(other, theirs is not None):
        if (spawn.identity, loop[1]) in turn:
            continue
        if theirs is None or (theirs.identity, loop[1]) not in one.fact.turn | one.context.turn:
            return True
    return False


def _is_below(one: Effective, other: Effective) -> bool:
    """Whether a goroutine got what the loop that starts it finds in the very map of the other side: a child of that node."""
    spawn, start = one.thread.spawn, ir.root(one.fact.map)
    if spawn is None or not isinstance(start, ir.Local) or one.fact.key != other.fact.key:
        return False
    below = {item.loop for item in one.context.items if item.variable is start.variable and item.given}
    above = {item.loop for item in other.context.items if item.given}
    ops = ir.walk(spawn.function.body) if below - above and spawn.function.body is not None else ()
    loops = (op for op in ops if isinstance(op, ir.Range) and (spawn.function.path, op.at[0]) in below - above)
    return any(place_key(ir.strip(loop.subject)) == one.fact.key for loop in loops)


def _loops(one: Effective, given: bool) -> set[tuple[str, int]]:
    """The loops of which an access touches the item of one iteration; if `given`, one in which its thread was started."""
    start, function, spawn = ir.root(one.fact.map), one.fact.function, one.thread.spawn
    variable = start.variable if isinstance(start, ir.Local) else None
    found = {item.loop for item in one.context.items if item.variable is variable and (item.given or not given)}
    for loop in loops_of(one.fact.map):
        if not given or starts_inside(spawn, function, loop):
            found.add((function.path, loop.at[0]))
    return found


def _by_turns(a: Thread, b: Thread) -> bool:
    """Whether two callbacks are what starts an object, or its main loop: there is one of each, and one comes after the other."""
    if a.kind != CALLBACK or b.kind != CALLBACK or a.entry is None or b.entry is None:
        return False
    if not all(runs_once(one) or loops_forever(one) for one in (a.entry, b.entry)):
        return False
    once = a.entry is b.entry or any(loops_forever(one) for one in (a.entry, b.entry))
    return once and bool(a.entry.receiver_type) and a.entry.receiver_type == b.entry.receiver_type


def _is_configured_by(thread: Thread) -> bool:
    """Whether a thread is the call of a service by which it is set up: whoever does that has not begun to use it."""
    return (
        thread.kind == HANDLER
        and thread.entry is not None
        and thread.title.endswith(CALL)
        and _CONFIGURES.match(thread.entry.short_name) is not None
    )


def _late(one: Effective, other: Effective) -> bool:
    """Whether a goroutine touches something after it has told that it ends, and who waited for that does so as well."""
    directly = one.origin is not None and one.origin.spawn is not None
    return directly and one.fact.late and one.thread.identity in other.fact.past


def _is_its_own(one: Effective) -> bool:
    """Whether a goroutine works on the object whose method has started it: one for each object, as far as anybody knows."""
    spawn = one.thread.spawn
    return spawn is not None and bool(ir.outermost(spawn.function).receiver_type) and _belongs(one)


def _with_itself(one: Effective, other: Effective, sharing: Sharing) -> Overlap | None:
    thread = one.thread
    if thread.kind in (SPAWNED, HANDLER):
        if not (_common(one) and _common(other)):
            return None
        if thread.many:
            several = f"{thread.title} runs several times at once"
            return Overlap(_sure(one, other), several, by_callers=not thread.in_sight)
        # What a call awaits is a part of it: that calls of one object come at the same time, only a lock for its maps tells.
        apart = not one.awaited or sharing.neighbours
        if thread.maybe_many and sharing.shared and (sharing.guarded or (apart and not _is_its_own(one))):
            return Overlap(Confidence.MEDIUM, f"{thread.title} may run several times at once")
        return None
    if thread.kind in (EXTERNAL, CALLBACK) and sharing.shared and not (made(one) or made(other)):
        return Overlap(Confidence.MEDIUM, "the lock tells that several goroutines use it")
    return None


def _common(one: Effective) -> bool:
    """Whether all instances of the access's thread certainly touch the same object, and the same element of a slice."""
    if one.fact.by_index:
        return False
    if one.fact.spawn is not None:
        return not one.fact.distinct
    if one.fact.distinct and not (one.thread.spawn is not None and one.thread.spawn.many):
        return False
    if picks_its_own(one.fact.map, one.context):
        return False
    by = leaves_by(one.fact.map, one.context)
    if by is not None:
        return by.common
    start = ir.root(one.fact.map)
    return isinstance(start, ir.Global) or (isinstance(start, ir.Local) and start.variable in one.context.common)


def _in_sight(one: Effective) -> bool:
    """Whether a goroutine gets the object from the function that starts it, rather than through something in between."""
    start, thread = ir.root(one.fact.map), one.thread
    if isinstance(start, ir.Global) or thread.spawn is None:
        return True
    return isinstance(start, ir.Local) and (
        ir.outermost(start.variable.function) is ir.outermost(thread.spawn.function)
        or start.variable.function is thread.entry
    )


def _sure(one: Effective, other: Effective) -> Confidence:
    """How sure it is that instances of a thread meet: less where each picks an entry of a map, perhaps one of its own."""
    picked = all(any(is_picked(part) for part in prefixes(way.fact.map)) for way in (one, other))
    return Confidence.MEDIUM if picked else Confidence.HIGH


def _exposed(one: Effective) -> bool:
    """Whether the goroutines that are still running can reach the object of the access."""
    by = leaves_by(one.fact.map, one.context)
    if one.fact.exposed or (by is not None and by.exposed):
        return True
    start = ir.root(one.fact.map)
    return isinstance(start, ir.Local) and start.variable in one.context.exposed


def _long_lived(thread: Thread) -> bool:
    """Whether a goroutine accompanies its object: a constructor or a Start method starts it, or others call what they keep."""
    if thread.spawn is None:
        return False
    return thread.spawn.kept or thread.spawn.assumed or runs_once(ir.outermost(thread.spawn.function))


def _serves(one: Effective) -> bool:
    """Whether a handler reaches the map from a package variable or from its own receiver, rather than from data beside it."""
    start, entry = ir.root(one.fact.map), one.thread.entry
    return isinstance(start, ir.Global) or entry is None or family(one).rpartition(".")[2] == entry.receiver_type


def _is_variable(one: Effective) -> bool:
    """Whether the map is reached from a variable of the package: if a lock guards it, it is for whoever comes."""
    return isinstance(ir.root(one.fact.map), ir.Global)


def _belongs(one: Effective) -> bool:
    """Whether the goroutine of an access is one of the object's own: started by its constructor or methods, or running one."""
    start = ir.root(one.fact.map)
    if isinstance(start, ir.Global):
        return False
    name = family(one).rpartition(".")[2]
    thread = one.thread
    if not name or thread.spawn is None:
        return False
    starter = ir.outermost(thread.spawn.function)
    made = {getattr(getattr(r.type, "element", r.type), "name", "") for r in starter.results}
    return (
        name in (starter.receiver_type, thread.entry.receiver_type if thread.entry is not None else "") or name in made
    )
