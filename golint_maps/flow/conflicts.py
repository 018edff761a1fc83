"""Verdicts on pairs of accesses: may they overlap, and does a common lock exclude that?

Principles of reporting (after RacerD's): report only what has a witness on both sides; what is unknown is silent; one
finding per place and reason, the best witness first.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import field, replace

from golint_maps.finding import Confidence
from golint_maps.flow import ir
from golint_maps.flow.facts import AccessFact, CallFact, FunctionFacts, Spawn, contradicts
from golint_maps.flow.locks import EXCLUSIVE, ONCE_BODY, Held, is_copy
from golint_maps.flow.models import CALL, PARALLEL_TEST
from golint_maps.flow.parts import definitions
from golint_maps.flow.places import holder_of, is_picked, key_name, loops_of, place_key, place_name, prefixes, rebase
from golint_maps.flow.threads import (
    CALLBACK,
    EXTERNAL,
    HANDLER,
    INIT,
    MAIN,
    SPAWNED,
    TEST,
    Context,
    Contexts,
    Thread,
    expects_lock,
    inside,
    leaves_by,
    loops_forever,
    picks_its_own,
    runs_once,
    sets_up,
    started,
    starts_inside,
    top,
)
from golint_maps.flow.turns import opens_the_way, served_later
from golint_maps.record import record
from golint_maps.types.model import Map, Named, Pointer, Slice, Type, qualified_name_of

_CONFIGURES = re.compile(r"(?:Configure|Init(?:ialize)?|Set_?[Uu]p)(?![a-z])")


@record(frozen=True, slots=True, eq=False)
class Effective:
    """An access as it happens in one context: `locks` maps the keys of the locks that protect it to their mode.

    `useless` are held locks that protect nothing here: those of another instance, copies, locks made per call or goroutine.
    `awaited`: it happens on a goroutine which the function that started it awaits. `ends` are the keys of what that
    goroutine tells when it ends. `live` are the identities of the goroutines that the same thread started before and has
    not joined, `started` those which this function, or one that called it, has started itself. `during` is the same access
    as a part of the call that starts its goroutine and awaits it, which is on the thread of that call.
    """

    fact: AccessFact
    context: Context
    origin: CallFact | None
    locks: Mapping[str, Held]
    useless: tuple[tuple[Held, str], ...] = ()
    once: Mapping[str, Held] = field(default_factory=dict)
    awaited: bool = False
    ends: frozenset[str] = frozenset()
    live: frozenset[tuple[str, int]] = frozenset()
    started: frozenset[tuple[str, int]] = frozenset()
    during: Effective | None = None

    @property
    def thread(self) -> Thread:
        """The thread that runs it."""
        return self.context.thread


@record(slots=True)
class Site:
    """All ways in which one touch in the source happens."""

    fact: AccessFact
    ways: list[Effective] = field(default_factory=list)

    def always(self) -> frozenset[str]:
        """The keys of the locks held whenever it happens."""
        common: frozenset[str] | None = None
        for way in self.ways:
            keys = frozenset(way.locks)
            common = keys if common is None else common & keys
        return common or frozenset()

    def mostly(self) -> frozenset[str]:
        """As `always`; with the locks that some callers hold where the function says that all of them have to."""
        if len(self.ways) > 1 and expects_lock(top(self.fact.function)):
            return frozenset(key for way in self.ways for key in way.locks)
        return self.always()

    def exclusively(self, key: str) -> bool:
        """Whether the lock is held exclusively whenever it happens."""
        return all(key in way.locks and way.locks[key].mode == EXCLUSIVE for way in self.ways)


@record(frozen=True, slots=True)
class Guard:
    """The lock that guards a place: how many of its sites hold it, and of how many; `annotated` if the code says so.

    `all_writes`: whatever changes the map holds it exclusively. `container`: it is the lock of an object through which the
    map is reached (`s.mu` for `s.items[id].tags`), which says nothing about those who reach the map in another way.
    """

    key: str
    text: str
    locked: int
    total: int
    annotated: bool = False
    all_writes: bool = False
    container: bool = False

    def applies(self, one: Effective) -> bool:
        """Whether an access is one that the lock is for."""
        return not self.container or self.key in one.locks or _reached_through(one.fact.map, self.key)


@record(slots=True)
class Place:
    """A map with everything that touches it while it is shared."""

    key: str
    name: str
    sites: list[Site]
    guard: Guard | None = None
    local: bool = False
    # The lock that guards the maps beside it, though never this one, in functions which touch both.
    neighbours: Guard | None = None

    def writes(self) -> list[Site]:
        """The sites that change it."""
        return [site for site in self.sites if site.fact.writes]


@record(frozen=True, slots=True)
class Overlap:
    """Two accesses that may happen at the same time: how sure that is, and why.

    `started_here`: one of them starts the goroutine of the other on its way, which holds nothing of what its callers hold.
    `by_callers`: they do if callers come several times, which is likely, but not in sight.
    """

    confidence: Confidence
    reason: str
    started_here: bool = False
    by_callers: bool = False


@record(frozen=True, slots=True)
class Sharing:
    """What tells that several goroutines come to a place: `shared`, if the object carries a lock; `guarded`, if a lock is
    for this very map; `beside`, if that lock belongs to the object that holds the map, and so to whoever has the object."""

    shared: bool
    guarded: bool = False
    beside: bool = False

    @classmethod
    def of(cls, place: Place, shared: bool) -> Sharing:
        """What is known of a place."""
        guard = place.guard
        beside = guard is not None and guard.key.rpartition(".")[0] == holder_of(place.key)
        return cls(shared, guard is not None, beside)


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

    def __init__(self, facts: Mapping[ir.Function, FunctionFacts]) -> None:
        self._awaited = frozenset(identity for one in facts.values() for identity in one.awaited)
        self._ended = {identity: keys for one in facts.values() for identity, keys in one.ended.items()}
        self.asked: dict[tuple[str, int], tuple[bool, frozenset[str]]] = {}

    def of(self, identity: tuple[str, int]) -> tuple[bool, frozenset[str]]:
        """Whether the goroutine with that identity is awaited, and the keys of what it tells when it ends."""
        found = self.asked[identity] = identity in self._awaited, self._ended.get(identity, frozenset())
        return found


def collect_places(
    facts: Mapping[ir.Function, FunctionFacts],
    contexts: Contexts,
    guards: Callable[[str], str],
    kept: KeptPlaces | None = None,
) -> list[Place]:
    """All places that are touched while they are shared, with their inferred guards, in order of their keys.

    `guards` gives the lock key that annotations name for a place key, or "". What is `kept` of the last analysis is used
    and renewed; a place to which nothing has happened is the same object as before.
    """
    kept = kept or KeptPlaces()
    kept.touches = _all_touches(facts, contexts, kept.touches)
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
            place.guard = _inherited(place, outer.guard)
        if place.guard is None and not place.local:
            place.guard = _from_container(place, known)
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
    facts: Mapping[ir.Function, FunctionFacts], contexts: Contexts, before: Mapping[ir.Function, _Touches]
) -> dict[ir.Function, _Touches]:
    """What all functions touch; taken over from `before` where all that it rests on is the same."""
    ends = _Ends(facts)
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


def _from_container(place: Place, known: Mapping[str, Place]) -> Guard | None:
    """The guard of a map of objects is taken for the maps inside these objects, too, if some of their sites hold it."""
    for site in place.sites:
        for part in prefixes(site.fact.map)[1:]:
            outer = known.get(place_key(part) or "")
            if outer is None or outer.guard is None or outer.guard.annotated:
                continue
            found = _inherited(place, outer.guard)
            if found is not None:
                return replace(found, container=True)
    return None


def guard_of_neighbours(places: list[Place], facts: Mapping[ir.Function, FunctionFacts]) -> None:
    """Find the maps that are never locked in functions which lock another map of the same object.

    Who takes the lock expects others to run the same function, which then touch the map beside it as well.
    """
    guards: dict[str, Guard] = {}
    for place in places:
        guard = place.guard
        if guard is not None and guard.all_writes and guard.key.rpartition(".")[0] == place.key.rpartition(".")[0]:
            guards.setdefault(guard.key.rpartition(".")[0], guard)
    for place in places:
        guard = guards.get(place.key.rpartition(".")[0])
        if guard is None or place.guard is not None or place.local:
            continue
        if any(guard.key in way.locks for site in place.sites for way in site.ways):
            continue
        functions = {top(site.fact.function) for site in place.sites if not site.fact.function.is_test}
        if any(one.takes and one.lock.key == guard.key for function in functions for one in facts[function].lock_ops):
            place.neighbours = guard


def _inherited(place: Place, guard: Guard) -> Guard | None:
    """The guard of a map of maps guards the inner maps too, if it is held at some of their sites."""
    holding = [site for site in place.sites if guard.key in site.always()]
    return Guard(guard.key, guard.text, len(holding), len(place.sites)) if holding else None


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
            if variable.kind in ("param", "receiver") or (map_root != lock_root and not _made_here(variable)):
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


def _made_here(variable: ir.Variable) -> bool:
    """Whether a variable never holds anything but what is written where it is declared: its zero, or a literal."""
    return variable.kind == "local" and all(
        value is None or isinstance(value, ir.Composite) for value in definitions(variable)
    )


def _is_new(value: ir.Value | None) -> bool:
    """Whether a value is the address of something that is made here."""
    made = value.operand if isinstance(value, ir.Unary) and value.op == "&" else value
    return isinstance(made, (ir.New, ir.Composite))


def infer_guard(place: Place, annotated: str) -> Guard | None:
    """The lock that guards a place: the annotated one, or the one under which it is written and mostly touched."""
    counted = [
        site
        for site in place.sites
        if site.fact.kind != "copy" and not site.fact.function.is_test and not _puts_first(site)
    ]
    if not counted:
        return None
    counts: dict[str, int] = {}
    written: dict[str, int] = {}
    texts: dict[str, str] = {}
    for site in counted:
        for way in site.ways:
            for key, held in way.locks.items():
                if held.path is not None:
                    texts.setdefault(key, ir.text_of(held.path))
        for key in site.mostly():
            counts[key] = counts.get(key, 0) + 1
            if site.fact.writes and all(way.locks[key].mode == EXCLUSIVE for way in site.ways if key in way.locks):
                written[key] = written.get(key, 0) + 1
    if annotated:
        short = annotated.rpartition(".")[2]
        return Guard(annotated, texts.get(annotated, short), counts.get(annotated, 0), len(counted), True)
    writes = sum(1 for site in counted if site.fact.writes)
    holder = holder_of(place.key)

    def evidence(key: str) -> tuple[bool, bool, int, int, str]:
        """A lock beside the map comes before one that callers hold for purposes of their own."""
        taken_here = sum(1 for site in counted if any(held.key == key for held in site.fact.held))
        return written.get(key, 0) > 0, key.rpartition(".")[0] == holder, counts[key], taken_here, key

    best = max(counts, key=evidence, default=None)
    if best is None or not writes:
        return None
    always = written.get(best, 0) == writes
    enough = 2 * counts[best] >= len(counted) or (always and counts[best] * 4 >= len(counted))
    beside = best.rpartition(".")[0] == holder or place.local
    # A lock of somebody else has to be held nearly always, or by all of several writers; and if nothing leads from what it
    # belongs to to the map, then at half of the sites.
    reached = any(held.key == best and leads(held, site.fact.map) for site in counted for held in site.fact.held)
    several = enough and always and writes > 1 and (reached or 2 * counts[best] >= len(counted))
    surely = several or 4 * counts[best] >= 3 * len(counted)
    container = reached and not (beside or surely)
    if not (beside or container):
        enough = surely
    if not enough or (not written.get(best) and counts[best] < 2):
        return None
    text = texts.get(best, key_name(best).rpartition(".")[2])
    return Guard(best, text, counts[best], len(counted), all_writes=always, container=container)


def _puts_first(site: Site) -> bool:
    """Whether a site puts a map in place in a function that is called once, before others have the object.

    No lock is missed there: it says nothing of the lock with which others come. What it has left running already may.
    """
    op, function = site.fact.op, top(site.fact.function)
    if site.fact.kind != "replace" or any(way.locks for way in site.ways):
        return False
    made = isinstance(op, ir.Assign) and isinstance(op.value, (ir.Make, ir.Composite))
    once = runs_once(function) or sets_up(function)
    return once and (function.receiver is None or (made and not any(way.live for way in site.ways)))


def leads(held: Held, map_: ir.Value) -> bool:
    """Whether a lock belongs to an object through which a map is reached."""
    lock = ir.strip(held.path) if held.path is not None else None
    return isinstance(lock, ir.Field) and ir.strip(lock.base) in prefixes(map_)[1:]


def _reached_through(map_: ir.Value, key: str) -> bool:
    """Whether the way to a map leads through an object of the type whose field a lock is."""
    holder = key.rpartition(".")[0]
    return any(qualified_name_of(part.type) == holder for part in prefixes(map_)[1:])


def elsewhere(one: Effective, place: Place, guard: Guard) -> bool:
    """Whether a map is reached in another way than those which the lock of somebody else guards: it may well be another one.

    `n.labels` of a struct that was passed by value, and `w.meta.labels`, are not what `s.mu` guards in `s.members.labels`.
    """
    holder, owner = holder_of(place.key), guard.key.rpartition(".")[0]
    if guard.annotated or place.local or owner == holder or isinstance(ir.root(one.fact.map), ir.Global):
        return False
    mine = _owners(one.fact.map, holder)
    if owner in mine:
        return False
    start = ir.root(one.fact.map)
    if not mine:
        by_value = isinstance(start, ir.Local) and start.variable.kind in ("param", "local")
        return by_value and isinstance(start.type, Named) and start.type.qualified == holder
    theirs: set[str] = set()
    for site in place.sites:
        if guard.key in site.mostly():
            theirs |= _owners(site.fact.map, holder)
    return bool(theirs) and mine.isdisjoint(theirs | {owner})


def _owners(map_: ir.Value, holder: str) -> set[str]:
    """The types of the objects through which a map is reached, but for that which holds it."""
    return {name for part in prefixes(map_)[1:] if (name := qualified_name_of(part.type)) and name != holder}


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


def over_before(one: Effective, other: Effective) -> bool:
    """Whether an access happens on a goroutine that has ended before the other one: it was waited for, here or by name."""
    spawn = one.thread.spawn
    if spawn is None or other.thread.spawn is not None:
        return False
    if top(other.fact.function) is top(spawn.function):
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
    if _waits_for(one, other) or _waits_for(other, one):
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
        near = b.kind in (MAIN, TEST) or top(other.fact.function) is top(a.spawn.function)
        confidence = Confidence.HIGH if near else Confidence.MEDIUM
        return Overlap(confidence, f"{a.title} may still run", not one.locks) if both else None
    if a.identity in other.live and made(other) and _exposed(one) and _exposed(other):
        # The object is this thread's own, but for what an earlier call of it has left running.
        return Overlap(Confidence.MEDIUM, f"{a.title} may still run")
    if made(one) or made(other):
        return None
    if b.kind == SPAWNED:
        assert b.spawn is not None
        if b.identity in one.live and _exposed(one) and _exposed(other):
            sure = _in_sight(one) and _in_sight(other)
            confidence = Confidence.HIGH if sure else Confidence.MEDIUM
            return Overlap(confidence, "both goroutines run at the same time")
        if top(a.spawn.function) is top(b.spawn.function) and not (a.spawn.kept or b.spawn.kept):
            return None
        for_all = sharing.guarded and (sharing.beside or _is_variable(one)) and not (one.awaited or other.awaited)
        # Two methods that each start a goroutine are no evidence that both are called on one object, if nothing else is.
        lasting = sharing.shared or _long_lived(a) or _long_lived(b)
        if for_all or (lasting and _belongs(one) and _belongs(other) and family(one) == family(other)):
            return Overlap(Confidence.MEDIUM, "both goroutines may run at the same time")
        return None
    if one.awaited and not sharing.guarded:
        return None
    if b.kind not in (EXTERNAL, HANDLER, CALLBACK) or top(other.fact.function) is top(a.spawn.function):
        return None
    if not sharing.guarded and _prepares(other, a.spawn):
        return None
    for_all = sharing.guarded and (((sharing.beside or _is_variable(one)) and not one.awaited) or a.spawn.one_thread)
    if for_all or (_belongs(one) and family(one) == family(other) and (sharing.shared or _long_lived(a))):
        return Overlap(Confidence.MEDIUM, f"{a.title} runs beside the callers of this package")
    return None


def _prepares(other: Effective, spawn: Spawn) -> bool:
    """Whether an access is what a function has a helper do before it starts a goroutine, if it is called once."""
    starter = top(spawn.function)
    return runs_once(starter) and other.origin is not None and top(other.origin.caller) is starter


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
    return variable if _made_here(variable) else None


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
    return spawn is not None and bool(top(spawn.function).receiver_type) and _belongs(one)


def _with_itself(one: Effective, other: Effective, sharing: Sharing) -> Overlap | None:
    thread = one.thread
    if thread.kind in (SPAWNED, HANDLER):
        if not (_common(one) and _common(other)):
            return None
        if thread.many:
            several = f"{thread.title} runs several times at once"
            return Overlap(_sure(one, other), several, by_callers=not thread.in_sight)
        if thread.maybe_many and sharing.shared and (sharing.guarded or not _is_its_own(one)):
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
        top(start.variable.function) is top(thread.spawn.function) or start.variable.function is thread.entry
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


def made(one: Effective) -> bool:
    """Whether the access is part of making the object: its function, or one that called it, has just created it."""
    by = leaves_by(one.fact.map, one.context)
    if by is not None:
        return by.made
    start = ir.root(one.fact.map)
    return one.fact.made_here or (isinstance(start, ir.Local) and start.variable in one.context.made)


def _long_lived(thread: Thread) -> bool:
    """Whether a goroutine accompanies its object: a constructor or a Start method starts it, or others call what they keep."""
    if thread.spawn is None:
        return False
    return thread.spawn.kept or thread.spawn.assumed or runs_once(top(thread.spawn.function))


def family(one: Effective) -> str:
    """The type (or package variable) from which the map is reached: accesses of one family are taken for one object's."""
    start = ir.root(one.fact.map)
    if isinstance(start, ir.Global):
        return f"var {start.package}.{start.name}"
    if leaves_by(one.fact.map, one.context) is not None:
        outside = prefixes(one.fact.map)[-2].type
        return qualified_name_of(outside) or qualified_name_of(start.type)
    return qualified_name_of(start.type)


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
    starter = top(thread.spawn.function)
    made = {getattr(getattr(r.type, "element", r.type), "name", "") for r in starter.results}
    return (
        name in (starter.receiver_type, thread.entry.receiver_type if thread.entry is not None else "") or name in made
    )
