"""From facts and contexts to places: in which ways each touch happens, and which of the locks held are worth something."""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from golint_maps.flow import ir
from golint_maps.flow.accesses import Effective, Guard, Place, Site
from golint_maps.flow.facts import AccessFact, CallFact, FunctionFacts, Spawn, contradicts
from golint_maps.flow.guards import from_container, infer_guard, inherited, leads
from golint_maps.flow.locks import EXCLUSIVE, Held, is_copy
from golint_maps.flow.parts import definitions
from golint_maps.flow.places import place_key, place_name, prefixes, rebase
from golint_maps.flow.threads import HANDLER, INIT, MAIN, SPAWNED, TEST, Context, Contexts, inside, leaves_by, started
from golint_maps.record import record
from golint_maps.types.model import Map, Named, Pointer, Slice, Type


@record(slots=True)
class Touch:
    """An access to a place that is shared, with the ways in which it happens; `local` where a local variable holds the map."""

    fact: AccessFact
    name: str
    local: bool
    ways: list[Effective]


@record(frozen=True, slots=True)
class _Touches:
    """Those of one function, and what they rest on; `spawns` is what was known of the ends of goroutines, by identity."""

    facts: FunctionFacts
    contexts: Mapping[Context, CallFact | None]
    spawns: Mapping[tuple[str, int], tuple[bool, frozenset[str]]]
    found: list[Touch]


@record(frozen=True, slots=True)
class _Gathered:
    """A place, what touches it, and its guard if it is looked at by itself, given the guard that an annotation names."""

    touches: list[Touch]
    place: Place
    annotated: str
    guard: Guard | None


class KeptPlaces:
    """What is known of the places of a package, for when it is analysed again after an edit."""

    def __init__(self) -> None:
        self.touches: dict[ir.Function, _Touches] = {}
        self.places: dict[str, _Gathered] = {}


class _Ends:
    """What is known of the ends of goroutines, with notes of what was asked."""

    def __init__(self, facts: Mapping[ir.Function, FunctionFacts], awaited: frozenset[tuple[str, int]]) -> None:
        self._awaited = awaited
        self._ended = {identity: keys for one in facts.values() for identity, keys in one.ended.items()}
        self.asked: dict[tuple[str, int], tuple[bool, frozenset[str]]] = {}

    def of(self, identity: tuple[str, int]) -> tuple[bool, frozenset[str]]:
        """Whether the goroutine with that identity is awaited, and the keys of what it tells when it ends."""
        found = self.asked[identity] = identity in self._awaited, self._ended.get(identity, frozenset())
        return found


def collect_places(
    facts: Mapping[ir.Function, FunctionFacts],
    contexts: Contexts,
    awaited: frozenset[tuple[str, int]],
    guards: Callable[[str], str],
    kept: KeptPlaces | None = None,
) -> list[Place]:
    """All places that are touched while they are shared, with their inferred guards, in order of their keys.

    `awaited` are the identities of the goroutines that have ended when the call is over in which they were started.
    `guards` gives the lock key that annotations name for a place key, or "". What is `kept` of the last analysis is used
    and renewed; a place to which nothing has happened is the same object as before.
    """
    kept = kept or KeptPlaces()
    kept.touches = _all_touches(facts, contexts, awaited, kept.touches)
    touched: dict[str, list[Touch]] = {}
    for several in kept.touches.values():
        for touch in several.found:
            touched.setdefault(touch.fact.key, []).append(touch)
    gathered: dict[str, _Gathered] = {}
    for key in sorted(touched):
        annotated, before = guards(key), kept.places.get(key)
        if before is not None and before.annotated == annotated and _identical(before.touches, touched[key]):
            gathered[key] = before
        else:
            place = _place(key, touched[key])
            if place is not None:
                gathered[key] = _Gathered(touched[key], place, annotated, infer_guard(place, annotated))
    kept.places = gathered
    places = [one.place for one in gathered.values()]
    for one in gathered.values():
        one.place.guard, one.place.neighbours = one.guard, None
    known = {place.key: place for place in places}
    for place in places:
        outer = known.get(place.key.removesuffix("[*]"))
        if place.guard is None and outer is not None and outer is not place and outer.guard is not None:
            place.guard = inherited(place, outer.guard)
        if place.guard is None and not place.local:
            place.guard = from_container(place, known)
    return places


def _identical(before: list[Touch], now: list[Touch]) -> bool:
    return len(before) == len(now) and all(map(operator.is_, before, now))


def _place(key: str, touches: list[Touch]) -> Place | None:
    """The place that is touched; None where nothing touches it while it is shared."""
    sites: dict[tuple[str, int, str], Site] = {}
    for touch in touches:
        fact = touch.fact
        site = sites.setdefault((fact.function.path, fact.at[0], fact.kind), Site(fact))
        site.ways += touch.ways
    found = sorted((site for site in sites.values() if site.ways), key=lambda s: (s.fact.function.path, s.fact.at))
    return Place(key, touches[0].name, found, local=any(touch.local for touch in touches)) if found else None


def _all_touches(
    facts: Mapping[ir.Function, FunctionFacts],
    contexts: Contexts,
    awaited: frozenset[tuple[str, int]],
    before: Mapping[ir.Function, _Touches],
) -> dict[ir.Function, _Touches]:
    """What all functions touch; taken over from `before` where all that it rests on is the same."""
    ends = _Ends(facts, awaited)
    found: dict[ir.Function, _Touches] = {}
    for function, one in facts.items():
        ways = contexts.get(one.function, {})
        known = before.get(function)
        if (
            known is not None
            and known.facts is one
            and known.contexts is ways
            and all(ends.of(identity) == end for identity, end in known.spawns.items())
        ):
            found[function] = known
        elif one.accesses:
            ends.asked = {}
            found[function] = _Touches(one, ways, ends.asked, list(_touches(one, ways, ends)))
    return found


def _touches(one: FunctionFacts, ways: Mapping[Context, CallFact | None], ends: _Ends) -> Iterator[Touch]:
    for fact in one.accesses:
        if fact.owned:
            continue
        start = ir.root(fact.map)
        key_variable = None
        if isinstance(start, ir.Local) and fact.key.startswith(place_key(start) or "?"):
            key_variable = start.variable
        touch = Touch(fact, place_name(fact.map), key_variable is not None, [])
        for context, origin in ways.items():
            if context.thread.kind == INIT:
                continue
            if fact.owned_by is not None and fact.owned_by in context.owned:
                by = leaves_by(fact.map, context)
                if by is None or by.owned:
                    continue
            if contradicts(fact.assumed, context.known):
                continue
            if fact.spawn is not None:
                shield = _kept_out(fact, fact.spawn, context, one)
                context = Context(started(fact.spawn, context.thread), live=fact.live, shield=shield)
            if key_variable is not None and not (
                context.thread.many and key_variable in context.common and fact.function is not key_variable.function
            ):
                context = replace(context, thread=inside(context.thread, key_variable.function))
            touch.ways.append(_effective(fact, context, origin, ends))
        yield touch


def _kept_out(fact: AccessFact, spawn: Spawn, context: Context, starter: FunctionFacts) -> frozenset[str]:
    """The keys of the locks that the starter of a goroutine holds until it has ended: as `Context.shield`."""
    if spawn.identity not in starter.awaited:
        return frozenset()
    lost = starter.outlive.get(spawn.identity, frozenset()) | fact.dropped
    around = (one for one in (*fact.around, *context.held) if one.mode == EXCLUSIVE and not one.once)
    return context.shield | {one.key for one in around if one.key not in lost}


def _effective(
    fact: AccessFact,
    context: Context,
    origin: CallFact | None,
    ends: _Ends,
) -> Effective:
    locks: dict[str, Held] = {}
    around, here = _in_order(context.held), _in_order(fact.held)
    # What runs in the body of a once does so, whether or not it is called when the once is done.
    once = {held.key: held for held in reversed(_in_order((*around, *here))) if held.once}
    useless: list[tuple[Held, str]] = []
    for held in around:
        if held.key not in fact.dropped and not held.once:
            if held.key not in locks or not leads(locks[held.key], fact.map):
                locks[held.key] = held
    for held in (*context.holds(fact.perhaps, origin), *here):
        if held.once:
            continue
        why = _useless_because(held, fact, context, origin)
        if why:
            useless.append((held, why))
        elif held.key not in locks or _counts_more(held, locks[held.key], fact.map):
            locks[held.key] = held
    spawn = context.thread.spawn
    over, told = ends.of(spawn.identity) if spawn is not None else (False, frozenset[str]())
    running = fact.live | context.live
    live = frozenset(one.identity for one in running)
    started_here = frozenset(one.identity for one in running if not one.left)
    during = None
    apart = spawn is not None and (spawn.many or spawn.one_thread)
    if over and spawn is not None and not apart and (parent := context.thread.parent) is not None:
        if parent.kind in (MAIN, TEST, HANDLER, SPAWNED):
            above = ends.of(parent.spawn.identity) if parent.spawn is not None else (False, frozenset[str]())
            above_it = replace(context, thread=parent)
            during = Effective(fact, above_it, origin, locks, tuple(useless), once, *above, live, started_here)
    return Effective(fact, context, origin, locks, tuple(useless), once, over, told, live, started_here, during)


def _counts_more(held: Held, known: Held, map_: ir.Value) -> bool:
    """Whether a lock tells more than another one of its kind: it belongs to the object with the map, or is taken exclusively.

    Who takes a lock exclusively has not got it in shared mode.
    """
    if held.path == known.path and held.path is not None:
        return held.mode == EXCLUSIVE
    return not leads(known, map_)


def _in_order(several: Collection[Held]) -> Sequence[Held]:
    """Held locks in an order that is the same in each run, the stronger mode of a lock first."""
    if len(several) < 2:
        return tuple(several)
    return sorted(several, key=lambda one: (one.key, one.mode, ir.text_of(one.path) if one.path is not None else ""))


def _is_made_anew(held: Held, fact: AccessFact, context: Context) -> bool:
    """Whether each of the goroutines that a loop starts has such a lock for itself, though they share the map."""
    spawn, lock, start = context.thread.spawn, held.path, ir.root(fact.map)
    if spawn is None or not spawn.many or not isinstance(lock, ir.Local) or lock.variable in context.common:
        return False
    mine = lock.variable
    by_value = not isinstance(mine.type, Pointer) or all(_is_new(value) for value in definitions(mine))
    captured = mine.kind == "local" and mine.function is not fact.function and _in_the_loop_of(mine, spawn)
    shared = isinstance(start, ir.Global) or (isinstance(start, ir.Local) and start.variable in context.common)
    return captured and by_value and shared


def _in_the_loop_of(variable: ir.Variable, spawn: Spawn) -> bool:
    """Whether the loop that starts goroutines has a new variable for each of them."""
    if variable.function is not spawn.function or spawn.function.body is None:
        return False
    loops = (op.at for op in ir.walk(spawn.function.body) if isinstance(op, (ir.Loop, ir.Range)))
    around = [at for at in loops if at[0] <= spawn.at[0] < at[1]]
    return bool(around) and max(around)[0] <= variable.at[0] < spawn.at[0]


def _useless_because(held: Held, fact: AccessFact, context: Context, origin: CallFact | None) -> str:
    """Why a held lock does not protect the place that is touched: "instance", "copied", "local", "anew", or "" if it does.

    `origin` is the call through which the function was entered.
    """
    if held.path is None:
        return ""
    if _is_made_anew(held, fact, context):
        return "anew"
    lock_root, map_root = ir.root(held.path), ir.root(fact.map)
    lock, map_ = ir.strip(held.path), ir.strip(fact.map)
    if isinstance(lock_root, ir.Local):
        variable = lock_root.variable
        by_value = not isinstance(variable.type, Pointer) and not any(
            isinstance(getattr(part, "type", None), Pointer) for part in prefixes(lock)[:-1]
        )
        if is_copy(lock) and not isinstance(map_root, ir.Global):
            if variable.kind in ("param", "receiver") or (map_root != lock_root and not made_here(variable)):
                return "copied"
        own = by_value or all(_is_new(value) for value in definitions(variable))
        if variable.kind == "local" and own and lock == lock_root and variable.assignments <= 1:
            shared_root = (
                not isinstance(map_root, ir.Local)
                or map_root.variable.kind in ("param", "receiver")
                or map_root.variable.function is not fact.function
            )
            if shared_root and variable.function is fact.function and not variable.captured:
                return "local"
        if isinstance(map_, ir.Global) and isinstance(lock, ir.Field) and lock.owner in _members(map_.type):
            return "instance"
    if isinstance(lock, ir.Field) and isinstance(map_, ir.Field) and lock.owner and lock.owner == map_.owner:
        one, other = ir.strip(lock.base), ir.strip(map_.base)
        if (
            _given(one, fact, origin) != _given(other, fact, origin)
            and not _leads_back(other, one)
            and isinstance(ir.root(one), (ir.Local, ir.Global))
            and isinstance(ir.root(other), (ir.Local, ir.Global))
        ):
            return "instance"
    return ""


def _leads_back(map_: ir.Value, lock: ir.Value) -> bool:
    """Whether a map is reached through a pointer to an object of the receiver's type: `stream.client` may be the client."""
    back = isinstance(map_, ir.Field) and isinstance(map_.type, Pointer)
    return back and isinstance(lock, ir.Local) and lock.variable.kind == "receiver"


def _given(path: ir.Value, fact: AccessFact, origin: CallFact | None) -> ir.Value:
    """A path in the terms of the caller, if it starts in a parameter: the caller may give what a literal captures as well."""
    start = ir.root(path)
    if origin is None or origin.callee is not fact.function or not isinstance(start, ir.Local):
        return path
    argument = origin.arguments.get(start.variable)
    meant = rebase(path, start, argument) if argument is not None else None
    return path if meant is None else ir.strip(meant)


def _members(type_: Type) -> frozenset[str]:
    """The type of what a map holds, by its qualified name: there are as many instances as it has entries."""
    while isinstance(type_, (Map, Pointer, Slice)):
        type_ = type_.value if isinstance(type_, Map) else type_.element
    return frozenset((type_.qualified,)) if isinstance(type_, Named) else frozenset()


def made_here(variable: ir.Variable) -> bool:
    """Whether a variable never holds anything but what is written where it is declared: its zero, or a literal."""
    return variable.kind == "local" and all(
        value is None or isinstance(value, ir.Composite) for value in definitions(variable)
    )


def _is_new(value: ir.Value | None) -> bool:
    """Whether a value is the address of something that is made here."""
    made = value.operand if isinstance(value, ir.Unary) and value.op == "&" else value
    return isinstance(made, (ir.New, ir.Composite))
