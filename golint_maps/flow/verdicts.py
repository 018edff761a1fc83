"""From places to conflicts: which pairs of accesses are reported, by which rule, with which witness first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from golint_maps.finding import Confidence
from golint_maps.flow import ir
from golint_maps.flow.accesses import Effective, Guard, Place, Site, family, made
from golint_maps.flow.guards import elsewhere, leads, stands_beside
from golint_maps.flow.locks import EXCLUSIVE, ONCE_BODY, SHARED, Held, lock_op
from golint_maps.flow.overlaps import Overlap, Sharing, over_before, overlap, protected
from golint_maps.flow.parts import compared_with_nil
from golint_maps.flow.places import holder_of, in_entry, key_name, place_key, prefixes
from golint_maps.flow.threads import (
    CALLBACK,
    EXCLUSIVE_MARK,
    EXTERNAL,
    HANDLER,
    MAIN,
    SPAWNED,
    TEST,
    Thread,
    expects_lock,
    makes_another,
    runs_once,
    sets_up,
    top,
)
from golint_maps.flow.turns import asks_first, dispatches, hand_over
from golint_maps.project.constraints import can_coexist
from golint_maps.record import record
from golint_maps.types.model import Basic, Interface, Named, Pointer, Unknown, qualified_name_of

CONCURRENT_WRITE = "concurrent-map-write"
CONCURRENT_READ_WRITE = "concurrent-map-read-write"
CONCURRENT_ITERATION = "concurrent-map-iteration"
INCONSISTENT_LOCK = "inconsistent-lock"
WRITE_UNDER_RLOCK = "write-under-rlock"
GUARDED_MAP_ESCAPES = "guarded-map-escapes"
WRONG_LOCK = "wrong-lock"

_CONCURRENT = frozenset({CONCURRENT_WRITE, CONCURRENT_READ_WRITE, CONCURRENT_ITERATION})
_GUARDED = frozenset({INCONSISTENT_LOCK, WRITE_UNDER_RLOCK, WRONG_LOCK, GUARDED_MAP_ESCAPES})

# Places with more sites than this are compared by their first ones: enough for a witness.
_MAX_SITES = 60
_MAX_WAYS = 8


@record(frozen=True, slots=True)
class Conflict:
    """Two accesses to one place that may overlap: `first` is where the report stands, `second` the other side.

    `others` are more accesses with the same defect, `reason` says why the two may overlap.
    """

    kind: str
    place: Place
    first: Effective
    second: Effective
    confidence: Confidence
    reason: str
    others: tuple[Effective, ...] = ()
    guard: Guard | None = None


@record(frozen=True, slots=True)
class HandedOn:
    """The qualified names of the types whose objects goroutines pass to each other: each is its holder's own.

    `carried` go through channels, `pooled` through a `sync.Pool`.
    """

    carried: frozenset[str] = frozenset()
    pooled: frozenset[str] = frozenset()

    def holds(self, way: Effective) -> bool:
        """Whether an access is one to an object of these types."""
        types = (family(way), holder_of(way.fact.key))
        return any(one in self.carried or one in self.pooled for one in types)

    def resets(self, way: Effective) -> bool:
        """Whether an access makes a pooled object ready for its next use, by what the function is called."""
        function = top(way.fact.function)
        return (
            function.short_name.lower().startswith(_RESETS)
            and function.receiver is not None
            and qualified_name_of(function.receiver.type) in self.pooled
        )


_COPIES_TO = re.compile(r"(?:[Dd]eep)?[Cc](?:opy|lone)(?:In)?[Tt]o$")
_RESETS = ("reset", "release", "free", "clear", "recycle", "close", "init", "reuse")


@record(slots=True)
class _Candidate:
    site: Site
    first: Effective
    second: Effective
    overlap: Overlap
    guard: Guard | None = None


@record(frozen=True, slots=True)
class _Judged:
    """A place as it was judged, and its conflicts; `constraints` are the build constraints of all files by which it was.

    `alone`: a comment on the map or its type says that nobody gets in the way.
    """

    place: Place
    guards: tuple[Guard | None, Guard | None]
    carries: bool
    handed_on: HandedOn
    alone: bool
    constraints: Mapping[str, str]
    found: list[Conflict]

    def holds(self, other: _Judged) -> bool:
        """Whether another one is judged by the same."""
        return (
            self.place is other.place
            and self.guards == other.guards
            and self.carries == other.carries
            and self.handed_on == other.handed_on
            and self.alone == other.alone
            and self.constraints == other.constraints
        )


KeptConflicts = dict[str, _Judged]


def find_conflicts(
    places: list[Place],
    carries_lock: Callable[[Place], bool],
    constraints: Mapping[str, str],
    excused: Callable[[ir.Function, ir.Span], bool],
    handed_on: HandedOn,
    says_alone: Callable[[str], bool],
    kept: KeptConflicts | None = None,
) -> list[Conflict]:
    """All conflicts of a package, one for each place and kind.

    `carries_lock` tells whether the object that holds a map carries a lock, `excused` whether a comment says that an access
    needs no lock. `constraints` are the build constraints of files, by path, which tell whether two files can be part of
    one build. `handed_on` are the types whose objects goroutines pass to each other. `says_alone` tells whether a comment
    on what a place's key names says that nobody gets in the way. What is `kept` of the last analysis, by the keys of
    places, is used and renewed.
    """
    known: KeptConflicts = {}
    for place in places:
        if place.writes():
            guards, alone = (place.guard, place.neighbours), says_alone(place.key)
            judged = _Judged(place, guards, carries_lock(place), handed_on, alone, constraints, [])
            before = kept.get(place.key) if kept is not None else None
            if before is not None and before.holds(judged):
                judged = before
            else:
                judged.found.extend(_conflicts_of(place, judged, excused))
            known[place.key] = judged
    if kept is not None:
        kept.clear()
        kept.update(known)
    return [conflict for judged in known.values() for conflict in judged.found]


def _conflicts_of(place: Place, by: _Judged, excused: Callable[[ir.Function, ir.Span], bool]) -> Iterator[Conflict]:
    def coexist(one: str, other: str) -> bool:
        return one == other or can_coexist(by.constraints.get(one, ""), by.constraints.get(other, ""))

    candidates: dict[str, list[_Candidate]] = {}
    for kind, candidate in _pairs(place, by.carries, coexist, by.handed_on):
        candidates.setdefault(kind, []).append(candidate)
    for candidate in _written_under_rlock(place):
        candidates.setdefault(WRITE_UNDER_RLOCK, []).append(candidate)
    for candidate in _escapes(place):
        candidates.setdefault(GUARDED_MAP_ESCAPES, []).append(candidate)
    for candidate in _entries_escape(place):
        candidates.setdefault(GUARDED_MAP_ESCAPES, []).append(candidate)
    for several in candidates.values():
        for candidate in several:
            if by.alone and candidate.overlap.confidence < Confidence.HIGH:
                candidate.overlap = replace(candidate.overlap, confidence=Confidence.LOW)
            call = candidate.first.origin
            by_caller = call is not None and call.spawn is None and excused(call.caller, call.at)
            if by_caller or excused(candidate.first.fact.function, candidate.first.fact.at):
                candidate.overlap = replace(candidate.overlap, confidence=Confidence.LOW)
    reported: set[tuple[str, int]] = set()
    for kind in sorted(candidates, key=_rank):
        conflict = _best(kind, place, candidates[kind], reported)
        if conflict is not None:
            yield conflict
            reported.update((one.fact.function.path, one.fact.at[0]) for one in (conflict.first, *conflict.others))


def _rank(kind: str) -> int:
    order = (
        WRITE_UNDER_RLOCK,
        INCONSISTENT_LOCK,
        WRONG_LOCK,
        GUARDED_MAP_ESCAPES,
        CONCURRENT_WRITE,
        CONCURRENT_ITERATION,
        CONCURRENT_READ_WRITE,
    )
    return order.index(kind)


def _best(kind: str, place: Place, candidates: list[_Candidate], reported: set[tuple[str, int]]) -> Conflict | None:
    """One conflict of a kind: the surest site first, the others behind it."""
    best: dict[tuple[str, int], _Candidate] = {}
    for one in candidates:
        key = (one.site.fact.function.path, one.site.fact.at[0])
        partner = (one.second.fact.function.path, one.second.fact.at[0])
        if key in reported:
            if partner in reported or kind in _GUARDED or one.second.locks:
                continue
            one = _Candidate(one.site, one.second, one.first, one.overlap)
            key = partner
        elif partner in reported and one.first.locks and not one.second.locks:
            continue  # the other side is the one at fault
        known = best.get(key)
        if known is None or _plainer(one) > _plainer(known):
            best[key] = one
    if not best:
        return None
    ranked = sorted(
        best.values(),
        key=lambda c: (
            -c.overlap.confidence,
            kind == GUARDED_MAP_ESCAPES and c.site.fact.kind != "copy",
            not c.site.fact.writes,
            c.site.fact.kind not in ("iterate", "write", "delete"),
            c.first.fact.function.path,
            c.first.fact.at,
        ),
    )
    top = ranked[0]
    others = tuple(
        one.first for one in ranked[1:] if one.overlap.confidence >= min(top.overlap.confidence, Confidence.MEDIUM)
    )
    guard = (top.guard or place.guard) if kind in _GUARDED else None
    return Conflict(kind, place, top.first, top.second, top.overlap.confidence, top.overlap.reason, others, guard)


def _plainer(one: _Candidate) -> tuple[Confidence, int, int]:
    """What makes one of several conflicts at one place the better witness; `m[k]++` reads and writes there, for instance."""
    return one.overlap.confidence, _severity(one.first), _severity(one.second)


def _pairs(
    place: Place, carries: bool, coexist: Callable[[str, str], bool], handed_on: HandedOn
) -> Iterator[tuple[str, _Candidate]]:
    # Taking the reference of an entry reads the outer map, not the entry.
    copied = place.local and not place.key.endswith("[*]")
    sites = [site for site in place.sites if site.fact.kind != "copy" or copied][:_MAX_SITES]
    own_objects = place.guard is None and not carries  # without a lock, what is handed on is for one at a time
    sharing = Sharing.of(place, shared=not own_objects or any(_locked_by_instances(site) for site in sites))
    for index, site in enumerate(sites):
        for other in sites[index:]:
            if not (site.fact.writes or other.fact.writes):
                continue
            # A reference taken before is not touched by putting another map in the place.
            if (site.fact.alias and other.fact.kind == "replace") or (other.fact.alias and site.fact.kind == "replace"):
                continue
            if site.fact.op is other.fact.op and site is not other:
                continue
            # A comparison with nil reads the variable, which only a replacement changes.
            if "check" in (site.fact.kind, other.fact.kind) and "replace" not in (site.fact.kind, other.fact.kind):
                continue
            if site is not other and not coexist(site.fact.function.path, other.fact.function.path):
                continue
            if site.fact.function.is_test != other.fact.function.is_test:
                continue
            yield from _judge(place, site, other, sharing, own_objects, handed_on)


def _locked_by_instances(site: Site) -> bool:
    """Whether a package variable is touched under the lock of one of the objects that it holds: others expect company."""
    return isinstance(ir.root(site.fact.map), ir.Global) and any(
        why == "instance" for way in site.ways for _, why in way.useless
    )


def _judge(
    place: Place,
    site: Site,
    other: Site,
    sharing: Sharing,
    own_objects: bool,
    handed_on: HandedOn,
) -> Iterator[tuple[str, _Candidate]]:
    guard = place.guard
    best: dict[tuple[str, bool], _Candidate] = {}
    for one in _telling(site):
        for two in _telling(other):
            if protected(one, two) or _after_once(one, two) or _after_once(two, one):
                continue
            if _sees_finished(one, two, guard) or _sees_finished(two, one, guard):
                continue
            found = overlap(one, two, sharing)
            if found is None:
                continue
            for kind, first, second, confidence in _at_fault(place, one, two, guard, found):
                if found.confidence < Confidence.HIGH and (
                    (not found.again and (_sets_up(one, guard) or _sets_up(two, guard)))
                    or (not found.started_here and _left_to_callers(one, two, first, guard))
                    or _perhaps_one_lock(one, two)
                    or _is_given(one)
                    or _is_given(two)
                    or handed_on.resets(one)
                    or handed_on.resets(two)
                    or (own_objects and (handed_on.holds(one) or handed_on.holds(two)))
                ):
                    confidence = Confidence.LOW
                if (
                    _handed_lock(one, two)
                    or (guard is not None and elsewhere(first, place, guard))
                    or (found.confidence < Confidence.HIGH and _thin(place, kind, one, two, first, guard))
                    or (kind in _CONCURRENT and (_confined(one, two) or _confined(two, one)))
                    or (kind in _CONCURRENT and (_looks_up_in_loop(one) or _looks_up_in_loop(two)))
                ):
                    confidence = Confidence.LOW
                if found.by_callers:
                    confidence = min(confidence, Confidence.MEDIUM)
                candidate = _Candidate(
                    site if first is one else other, first, second, Overlap(confidence, found.reason)
                )
                key = (kind, first is one)
                before = best.get(key)
                if before is None or confidence > before.overlap.confidence:
                    best[key] = candidate
    for (kind, _), candidate in best.items():
        yield kind, candidate


def _after_once(one: Effective, two: Effective) -> bool:
    """Whether one side is in the body of a `sync.Once`, and the other further down in the function that sees to that.

    Who comes there has been by, or had the same reason as all others not to.
    """
    inner, outer = one.fact.function, two.fact.function
    here = inner.parent is not None and inner.parent is outer and inner.at[1] <= two.fact.at[0]
    return here and any(held.mode == ONCE_BODY for held in one.once.values())


def _sees_finished(reader: Effective, writer: Effective, guard: Guard | None) -> bool:
    """Whether one side works on a reference taken under a lock, and the other fills a new map in one critical section."""
    if guard is None or not (reader.fact.alias and reader.fact.taken):
        return False
    return (writer.fact.built and guard.key in writer.locks) or _fills_once(writer, guard)


def _telling(site: Site) -> list[Effective]:
    """The ways to a site that are compared: of too many, those under the fewest locks, of each kind of thread at first."""
    ways = site.ways
    if len(ways) <= _MAX_WAYS:
        return ways
    ranked = sorted(ways, key=lambda way: len(way.locks))
    first = {way.thread.kind: way for way in reversed(ranked)}
    return [*first.values(), *(way for way in ranked if way not in first.values())][:_MAX_WAYS]


def _at_fault(
    place: Place, one: Effective, two: Effective, guard: Guard | None, found: Overlap
) -> Iterator[tuple[str, Effective, Effective, Confidence]]:
    """The rules that a pair belongs to, with who is at fault first: both, where they are alike, whichever stands first."""
    kind, first, second, confidence = _classify(place, one, two, guard, found)
    if kind is not None:
        yield kind, first, second, confidence
    if first is one:
        kind, first, second, confidence = _classify(place, two, one, guard, found)
        if kind is not None and first is two:
            yield kind, first, second, confidence


def _classify(
    place: Place, one: Effective, two: Effective, guard: Guard | None, found: Overlap
) -> tuple[str | None, Effective, Effective, Confidence]:
    """Which rule a pair belongs to, and which of the two is at fault."""
    if guard is not None:
        guarded = _classify_guarded(place, one, two, guard, found)
        if guarded is not None:
            return guarded
    if (one.useless or two.useless) and not (one.locks or two.locks):
        return WRONG_LOCK, *((one, two) if one.useless else (two, one)), found.confidence
    if found.confidence < Confidence.HIGH and {one.thread.kind, two.thread.kind} <= {EXTERNAL, CALLBACK}:
        changed = any(way.fact.writes and way.fact.kind != "replace" for way in (one, two))
        if place.neighbours is None or not changed:
            return None, one, two, found.confidence
    first, second = (two, one) if _fault(two) > _fault(one) else (one, two)
    if one.fact.writes and two.fact.writes:
        kind = CONCURRENT_WRITE
    elif "iterate" in (one.fact.kind, two.fact.kind):
        kind = CONCURRENT_ITERATION
        first, second = (one, two) if one.fact.kind == "iterate" else (two, one)
    else:
        kind = CONCURRENT_READ_WRITE
        first, second = (one, two) if two.fact.writes else (two, one)
    return kind, first, second, found.confidence


def _classify_guarded(
    place: Place, one: Effective, two: Effective, guard: Guard, found: Overlap
) -> tuple[str | None, Effective, Effective, Confidence] | None:
    """Which rule about the guard of a map a pair belongs to; nothing where only the two goroutines themselves can tell."""
    has_one, has_two = guard.key in one.locks, guard.key in two.locks
    if has_one and has_two:  # both hold it in shared mode: a write under RLock, reported as such
        return None, one, two, found.confidence
    first, second = (two, one) if has_one else (one, two)
    if not has_one and not has_two and _plainly(two) > _plainly(one):
        first, second = two, one
    if not guard.applies(first):
        return None, first, second, found.confidence
    if first.useless and not first.locks:
        return WRONG_LOCK, first, second, _guarded_confidence(guard, first, found)
    if first.locks:
        related = all(_siblings(held.key, guard.key) and _is_value(held) for held in first.locks.values())
        held = second.locks.get(guard.key)
        beside = _siblings(guard.key, place.key.removesuffix("[*]")) and held is not None
        beside = beside or (held is not None and stands_beside(held, second.fact.map))
        kind = WRONG_LOCK if related else INCONSISTENT_LOCK if beside else None
        if kind is None and found.confidence is Confidence.HIGH:
            return None
        return kind, first, second, min(found.confidence, Confidence.MEDIUM)
    if first.fact.alias:
        return GUARDED_MAP_ESCAPES, first, second, min(found.confidence, Confidence.MEDIUM)
    return INCONSISTENT_LOCK, first, second, _guarded_confidence(guard, first, found)


def _siblings(one: str, other: str) -> bool:
    """Whether two locks are fields of one type, or variables of one package or function."""
    return one.rpartition(".")[0] == other.rpartition(".")[0] and not one.endswith(("()", "[*]"))


def _is_value(held: Held) -> bool:
    """Whether a lock is held by value, so that its place is its identity; a pointer may lead to any lock."""
    if held.path is None:
        return True
    return not isinstance(held.path.type, (Pointer, Unknown))


def _fault(one: Effective) -> tuple[bool, int]:
    """How much an access is to blame where no guard tells: one without a lock first, then what it does."""
    return not one.locks, _severity(one)


def _plainly(one: Effective) -> tuple[int, bool, bool]:
    """How plainly an access without the guard forgets it; of two alike, either may be first, and the rule is the same."""
    return _severity(one), not one.locks and not one.useless, not one.fact.alias


def _severity(one: Effective) -> int:
    if one.fact.writes:
        return 2
    return 1 if one.fact.kind == "iterate" else 0


def _guarded_confidence(guard: Guard, first: Effective, found: Overlap) -> Confidence:
    """How sure it is that an access forgets the guard of its map.

    That most accesses take it makes it likely, not certain: what closes an object, or prepares it, often takes none. A
    guard that barely half of the accesses take says little about one that only reads.
    """
    if guard.annotated and _severity(first):
        return Confidence.HIGH
    weak = not (guard.annotated or guard.all_writes) and guard.locked * 5 < guard.total * 3
    if weak and found.confidence < Confidence.HIGH and not first.fact.writes:
        return min(found.confidence, Confidence.LOW)
    return found.confidence


def _agreed(one: Effective, two: Effective) -> bool:
    """Whether a lock that callers are seen to hold excludes the two, were it not for callers that nobody has seen."""
    for mine, other in ((one, two), (two, one)):
        for key in mine.context.agreed:
            held = other.locks.get(key)
            # A lock of the map's own object; that of another one may be there several times.
            own = key.rpartition(".")[0] == holder_of(mine.fact.key)
            exclusively = own and EXCLUSIVE_MARK + key in mine.context.agreed
            if key in other.context.agreed or (held is not None and (exclusively or held.mode == EXCLUSIVE)):
                return True
    return False


def _left_to_callers(one: Effective, two: Effective, first: Effective, guard: Guard | None) -> bool:
    """Whether callers that nobody has seen may hold a lock for both: not that which the function takes itself, further up."""
    if guard is not None and top(one.fact.function) is not top(two.fact.function) and _comes_without(first, guard):
        return False
    return _leaves_it_to_callers(first) or _agreed(one, two) or _guessed(one, guard) or _guessed(two, guard)


def _guessed(way: Effective, guard: Guard | None) -> bool:
    """Whether nothing tells how an access is reached, and whether callers hold a lock: nobody is known to call this.

    A method of the very type that holds the map, or its guard, is as good as its interface; but if only this package can
    name the type, and the guard is another object's, it is for those who hold that object. Without a guard, it has to be
    one that an interface may reach: what else nobody calls (in a package main, say) tells nothing.
    """
    function = way.fact.function
    receiver = function.receiver
    owners = {holder_of(way.fact.key)}
    if guard is not None:
        inside = not function.receiver_type[:1].isupper()
        owners = {holder_of(guard.key)} if inside else owners | {holder_of(guard.key)}
    own = receiver is not None and qualified_name_of(receiver.type) in owners
    own = own and (guard is not None or (function.exported and not function.receiver_type[:1].isupper()))
    return way.context.assumed and not way.locks and not own


def _perhaps_one_lock(one: Effective, two: Effective) -> bool:
    """Whether each side holds a lock, and one of them is known by a field that may lead to the other's."""
    if not one.locks or not two.locks:
        return False
    holder = holder_of(one.fact.key)
    held = (held for way in (one, two) for held in way.locks.values())
    return any(_leads_elsewhere(lock) and lock.key.rpartition(".")[0] != holder for lock in held)


def _thin(place: Place, kind: str, one: Effective, two: Effective, first: Effective, guard: Guard | None) -> bool:
    """Whether what speaks for a conflict is of a kind that is wrong more often than right, by what reading has shown.

    With a guard: a change in a helper which somebody outside can reach without the lock, where other changes lack it as
    well; or what nobody is known to call, nor its callers. Without one: a goroutine of an object and somebody else who may or may
    not come at the same time, unless one side takes a lock that belongs to the object, one function leads to both, or the
    others are those who call the package; nor then if the two hand over to each other through channels.
    """
    if guard is not None and kind == INCONSISTENT_LOCK:
        helper = first.thread.kind == EXTERNAL and first.fact.writes and first.origin is not None
        unsure = helper and not guard.annotated and _others_change_it(place, first, guard)
        # Who calls with a lock held expects callers, though none are in sight; so does an exported method of the map's object,
        # and a function that takes the guard itself.
        expects = first.origin is not None and (first.context.held or _is_open(first))
        alike = top(one.fact.function) is top(two.fact.function)
        expects = expects or (not alike and _comes_without(first, guard))
        return unsure or (first.context.assumed and not expects)
    if guard is not None or kind not in _CONCURRENT or place.neighbours is not None:
        return False
    holder = holder_of(place.key)
    if hand_over(one.thread, two.thread):
        return True
    beside = [any(key.rpartition(".")[0] == holder for key in way.locks) for way in (one, two)]
    return beside[0] == beside[1] and not _leads_to_both(one, two) and not _accompanied(one, two)


def _is_open(one: Effective) -> bool:
    """Whether an access stands in an exported method of the type that holds the map: whoever has the object may call it."""
    function = one.fact.function
    receiver = function.receiver
    return receiver is not None and function.exported and qualified_name_of(receiver.type) == holder_of(one.fact.key)


def _confined(one: Effective, two: Effective) -> bool:
    """Whether somebody outside may come to a place to which the package itself comes on the goroutine of the other side.

    So it is as well if that goroutine lets what it receives through a channel do its work with the object (`event.Handle(l)`),
    and nobody is known to call the method here, whose type is not for others; or if a token was asked for before.
    """
    spawn = two.thread.spawn
    if one.thread.kind != EXTERNAL or spawn is None:
        return False
    if asks_first(one.fact, holder_of(one.fact.key)):
        return True
    return not two.thread.many and (
        one.context.home == two.thread.identity or ((one.context.assumed or spawn.assumed) and dispatches(two.thread))
    )


def _looks_up_in_loop(one: Effective) -> bool:
    """Whether a main loop that nobody is seen to start only looks at what others may have put there before it started."""
    return one.thread.spawn is not None and one.thread.spawn.assumed and not one.fact.writes


def _others_change_it(place: Place, first: Effective, guard: Guard) -> bool:
    """Whether other places change the map without the guard as well."""
    return any(
        site.fact.writes
        and site.fact is not first.fact
        and not site.fact.function.is_test
        and any(guard.key not in way.locks and not made(way) for way in site.ways)
        for site in place.sites
    )


def _accompanied(one: Effective, two: Effective) -> bool:
    """Whether a goroutine that the other side has not started, or a request, meets those who call the package.

    What others keep to call it, they call as long as the object lives, whatever else goes on.
    """
    for mine, theirs in ((one, two), (two, one)):
        spawn = mine.thread.spawn
        if spawn is not None and spawn.kept and theirs.thread.kind in (SPAWNED, HANDLER):
            return True
        apart = spawn is not None and spawn.identity not in theirs.live
        if (apart or mine.thread.kind == HANDLER) and theirs.thread.kind == EXTERNAL:
            return True
    return False


def _leads_to_both(one: Effective, two: Effective) -> bool:
    """Whether a function that starts the goroutine of one side starts that of the other too, or does or calls the other."""
    for mine, theirs in ((one, two), (two, one)):
        others = {*_starters(theirs.thread), top(theirs.fact.function)}
        if theirs.origin is not None:
            others.add(top(theirs.origin.caller))
        if not others.isdisjoint(_starters(mine.thread)):
            return True
    return False


def _starters(thread: Thread | None) -> Iterator[ir.Function]:
    """The functions which have started a goroutine, those that were on the way to it included."""
    while thread is not None:
        if thread.spawn is not None:
            yield top(thread.spawn.function)
        thread = thread.parent


def _handed_lock(one: Effective, two: Effective) -> bool:
    """Whether each side holds a lock, and that of one side is a parameter: callers may have given it that of the other."""
    if not one.locks or not two.locks:
        return False
    paths = (ir.strip(held.path) for way in (one, two) for held in way.locks.values() if held.path is not None)
    return any(isinstance(path, ir.Local) and path.variable.kind == "param" for path in paths)


def _leads_elsewhere(held: Held) -> bool:
    """Whether a lock is reached through a field that holds a pointer or an interface: many may lead to one lock."""
    path = ir.strip(held.path) if held.path is not None else None
    return (
        isinstance(path, (ir.Field, ir.Element))
        and isinstance(path.type, (Pointer, Interface, Named))
        and (isinstance(path.type, (Pointer, Interface)) or path.type.qualified == "sync.Locker")
    )


def _sets_up(one: Effective, guard: Guard | None) -> bool:
    """Whether an access looks like set-up, which is over before the object is shared: only its name tells."""
    function = top(one.fact.function)
    if function.short_name.lower().startswith("init") and _makes_anew(one, function):
        return True  # whoever runs it: what it makes was not there before
    if _is_target_of_copy(one, function):
        return True
    if one.thread.kind not in (EXTERNAL, CALLBACK):
        return False
    if guard is not None and one.fact.kind == "replace" and _makes_lock(function, guard):
        return True
    if one.fact.kind == "replace" and one.origin is None and _is_setter(function):
        return True
    caller = one.origin.caller if one.origin is not None else function
    if caller is not function and _takes_locks(caller, guard) and not (sets_up(caller) or runs_once(caller)):
        return False  # made when it is first needed, by those who expect others
    named = one.context.set_up or sets_up(function) or (runs_once(function) and not one.live)
    if guard is not None and named and not one.context.set_up and _is_in_use(one, function):
        return False
    # Who takes the lock expects others.
    expects = _takes_locks(function, guard) or _takes_locks(one.fact.function, guard)
    return named and (one.fact.kind == "replace" or not expects)


_SETTER = re.compile(r"[Ss]et(?=[A-Z])")


def _is_setter(function: ir.Function) -> bool:
    """Whether a method does nothing but put what it is given into its object, as whoever prepares one does: `SetPlugins(m)`."""
    if function.body is None or function.receiver is None or not _SETTER.match(function.short_name):
        return False
    return all(isinstance(op, ir.If) or _sets_a_field(op, function) for op in ir.walk(function.body))


def _sets_a_field(op: ir.Op, function: ir.Function) -> bool:
    """Whether an op gives a field what the function was given, or a part of it."""
    if not (isinstance(op, ir.Assign) and isinstance(op.target, ir.Field) and op.value is not None):
        return isinstance(op, ir.Access) and op.kind == "check"
    start = ir.root(op.value)
    return isinstance(start, ir.Local) and start.variable in function.params


def _is_in_use(one: Effective, function: ir.Function) -> bool:
    """Whether an object is there already when a method of it runs, whatever its name says.

    What the method sets up is something else, or it is called again for each key that it is given.
    """
    if makes_another(function) and one.fact.kind != "replace":
        return True
    key = ir.strip(one.fact.op.key) if isinstance(one.fact.op, ir.Access) and one.fact.op.key is not None else None
    given = isinstance(key, ir.Local) and key.variable in function.params
    return given and not sets_up(function) and function.receiver is not None


def _makes_lock(function: ir.Function, guard: Guard) -> bool:
    """Whether a function makes the lock itself that guards a map: `s.mu = &sync.Mutex{}; s.peers = map[string]*peer{}`."""
    ops = (op for op in ir.walk(function.body) if isinstance(op, ir.Assign)) if function.body is not None else ()
    return any(place_key(ir.strip(op.target)) == guard.key for op in ops)


def _is_given(one: Effective) -> bool:
    """Whether a literal that is kept somewhere fills what it is given as an `any`: whoever calls it may have just made that."""
    start, function = ir.root(one.fact.map), one.fact.function
    return (
        one.fact.writes
        and one.origin is None
        and function.parent is not None
        and isinstance(start, ir.Local)
        and start.variable in function.params
        and start.type in (Basic("any"), Interface())
    )


def _is_target_of_copy(one: Effective, function: ir.Function) -> bool:
    """Whether `x.CopyTo(y)` fills y, which is not shared before it is whole."""
    start = ir.root(one.fact.map)
    return (
        one.fact.writes
        and function.receiver is not None
        and _COPIES_TO.match(function.short_name) is not None
        and not (isinstance(start, ir.Local) and start.variable is function.receiver)
    )


def _makes_anew(one: Effective, function: ir.Function) -> bool:
    """Whether an access puts a map in place that a function does not look for before, as it does where many may come first."""
    if one.fact.kind != "replace" or one.live or function.body is None:
        return False
    looks = (op for op in ir.walk(function.body) if isinstance(op, ir.Access) and op.kind == "check")
    return not any(place_key(op.map) == one.fact.key for op in looks)


def _excludes_all(key: str, place: Place) -> bool:
    """Whether everything that touches a place holds one lock exclusively."""
    return all(site.exclusively(key) for site in place.sites if not site.fact.function.is_test)


def _leaves_it_to_callers(one: Effective) -> bool:
    """Whether a function that takes no lock says that its callers hold one: then it is likely that unknown ones do."""
    function = top(one.fact.function)
    if one.origin is not None and one.fact.function is function and one.thread.kind not in (CALLBACK,):
        return False
    return not function.is_test and expects_lock(function) and not _takes_locks(function)


def _takes_locks(function: ir.Function, guard: Guard | None = None) -> bool:
    """Whether a function takes a lock: that of the `guard`, or any if there is none."""
    if function.body is None:
        return False
    operations = (lock_op(op.callee) for op in ir.walk(function.body) if isinstance(op, ir.Call))
    return any(
        one is not None and one.takes and not one.tries and (guard is None or place_key(one.lock) == guard.key)
        for one in operations
    )


def _comes_without(one: Effective, guard: Guard) -> bool:
    """Whether callers can't hold the guard of the map that is touched: the first that the function does with it is to take it."""
    body = one.fact.function.body
    ops = (lock_op(op.callee) for op in ir.walk(body) if isinstance(op, ir.Call)) if body is not None else ()
    first = next((op for op in ops if op is not None and place_key(op.lock) == guard.key), None)
    if first is None or not first.takes or first.tries:
        return False
    lock = ir.strip(first.lock)
    return not isinstance(lock, ir.Field) or ir.strip(lock.base) in prefixes(one.fact.map)[1:]


def _written_under_rlock(place: Place) -> Iterator[_Candidate]:
    threads = {way.thread for site in place.sites for way in site.ways}
    if len(threads) == 1 and not any(one.many or one.maybe_many or one.kind in (EXTERNAL, HANDLER) for one in threads):
        return  # one goroutine alone touches it
    for site in place.sites:
        if not site.fact.writes or site.fact.function.is_test or place.local:
            continue
        for way in site.ways:
            if _alone_in_shared_mode(site, way, place):
                continue
            shared = [held for held in way.locks.values() if held.mode == SHARED and _goes_with(held, way, place)]
            if not shared or made(way) or any(_excludes_all(key, place) for key in way.locks):
                continue
            guard = place.guard
            forgotten = guard is not None and guard.key in way.locks and way.locks[guard.key].mode == SHARED
            if len(shared) != len(way.locks) and (not forgotten or _protected_from_all(site, way, place)):
                continue
            key = guard.key if forgotten and guard is not None else shared[0].key
            guards = guard is not None and guard.key == key
            confidence = Confidence.HIGH if guards or len(place.sites) <= 2 else Confidence.MEDIUM
            if not any(_stands_beside(held, way, place) for held in shared) or _of_another(shared, way, place):
                confidence = Confidence.LOW  # the lock of something else, through which this was reached
            # Another lock, held exclusively by all that write under this one, lets them in one at a time.
            others = [w for s in place.sites for w in s.ways if s is not site and not protected(way, w)]
            if not others and protected(way, way):
                continue
            witness = next((w for w in others if key in w.locks), way)
            yield _Candidate(site, way, witness, Overlap(confidence, "RLock lets several goroutines in"))
            break


def _alone_in_shared_mode(site: Site, way: Effective, place: Place) -> bool:
    """Whether one goroutine alone changes a map, and everybody else who touches it is kept out by the lock that it holds."""
    thread = way.thread
    if thread.kind not in (MAIN, SPAWNED) or thread.many or thread.maybe_many or len(site.ways) != 1:
        return False
    others = [theirs for other in place.sites if not other.fact.function.is_test for theirs in other.ways]
    return all(theirs.thread == thread or protected(way, theirs) or made(theirs) for theirs in others)


def _of_another(shared: list[Held], way: Effective, place: Place) -> bool:
    """Whether the shared locks belong to neither the map's object nor one that leads to it, or a call gave that object."""
    owners = {held.key.rpartition(".")[0] for held in shared}
    known = {holder_of(place.key), *(qualified_name_of(part.type) for part in prefixes(way.fact.map)[1:])}
    return isinstance(ir.root(way.fact.map), ir.Result) or owners.isdisjoint(known)


def _goes_with(held: Held, way: Effective, place: Place) -> bool:
    """Whether a lock has to do with a map: it stands beside it, starts where it starts, or is held elsewhere for it."""
    if _stands_beside(held, way, place):
        return True
    return any(held.key in other.locks for site in place.sites for other in site.ways if site.fact is not way.fact)


def _stands_beside(held: Held, way: Effective, place: Place) -> bool:
    """Whether a lock belongs to the object that holds the map, or both are reached from one object."""
    if held.key.rpartition(".")[0] == holder_of(place.key):
        return True
    if held.path is None:  # a caller holds it: what is touched in another package may be anybody's
        return not isinstance(way.fact.op, ir.Touch)
    return ir.root(held.path) == ir.root(way.fact.map)


def _protected_from_all(site: Site, way: Effective, place: Place) -> bool:
    """Whether a change that holds an exclusive lock besides is kept apart from everything that touches the map."""
    for other in place.sites:
        # A comparison with nil reads the variable, which only a replacement changes.
        if other is site or other.fact.kind == "copy" or (other.fact.kind == "check" and site.fact.kind != "replace"):
            continue
        if not all(protected(way, theirs) or made(theirs) for theirs in other.ways):
            return False
    return True


def _escapes(place: Place) -> Iterator[_Candidate]:
    """A guarded map whose reference is returned or sent, so that it is used when the lock is gone."""
    guard = place.guard
    if guard is None:
        return
    writers = [
        way
        for site in place.sites
        for way in site.ways
        if site.fact.kind in ("write", "delete", "clear") and not site.fact.function.is_test and not made(way)
    ]
    if not writers:
        return
    once = all(_fills_once(one, guard) for one in writers)
    for site in place.sites:
        if not _leaves(site) or in_entry(site.fact.map):
            continue
        for way in site.ways:
            # The caller holds the guard: what it does with the reference is seen there.
            inherited = any(held.key == guard.key for held in way.context.held)
            # Who is in sight has not got a map that is still being filled; what others do with it, nobody knows.
            outside = top(way.fact.function).short_name[:1].isupper()
            others = [one for one in writers if outside or not (one.fact.built and guard.key in one.locks)]
            later = [writer for writer in others if not over_before(writer, way)]
            # Who alone changes it does so no more when it gives it away, for all that is known of one goroutine.
            single = way.thread.kind == SPAWNED and not (way.thread.many or way.thread.maybe_many)
            alone = way.thread.kind == MAIN or (single and guard.key not in way.locks)
            others_do = not alone or any(writer.thread != way.thread for writer in later)
            # What a function has made and gives away is its caller's, unless others have got hold of it.
            away = way.fact.made_here and not way.fact.exposed and not way.live
            away = away or expects_lock(top(way.fact.function))  # says that what it gives is not safe
            # What this package alone can call, and nobody calls, gives the reference to nobody; if somebody does, it is seen
            # what becomes of it, and others change it no more once it is filled.
            away = away or (not outside and (once or (way.context.assumed and way.origin is None)))
            if not (inherited or away) and later and others_do and way.thread.kind != TEST and guard.applies(way):
                # Goroutines that their starter awaits have ended when it goes on to hand out what they have filled.
                over = way.thread.kind in (MAIN, EXTERNAL) and all(
                    writer.awaited and writer.thread.identity not in way.live for writer in later
                )
                confidence = Confidence.LOW if over or elsewhere(way, place, guard) else Confidence.MEDIUM
                yield _Candidate(site, way, later[0], Overlap(confidence, "the reference outlives the lock"))
                break


def _fills_once(writer: Effective, guard: Guard) -> bool:
    """Whether a write fills a map that was found empty, under the lock: who gets the map later sees it change no more."""
    fact = writer.fact
    function, at = (fact.function, fact.at) if fact.through is None else (fact.through.caller, fact.through.at)
    if function.body is None or all(one.key != guard.key or one.mode != EXCLUSIVE for one in fact.held):
        return False
    looks = [
        op for op in ir.walk(function.body) if isinstance(op, ir.Access) and place_key(ir.strip(op.map)) == fact.key
    ]
    for op in ir.walk(function.body):
        if isinstance(op, ir.If):
            empty = _asks_whether_empty(op.condition, looks)
            left = bool(op.then.ops) and isinstance(op.then.ops[-1], ir.Return) and op.at[1] <= at[0]
            if (empty is False and left) or (empty and op.then.at[0] <= at[0] < op.then.at[1]):
                return True
    return False


def _asks_whether_empty(condition: ir.Value, looks: list[ir.Access]) -> bool | None:
    """Whether a condition is that a map is nil or has no entries, by the looks at it; False if it has some, None for others."""
    compared = compared_with_nil(condition)
    if compared is not None:
        return compared[1] if any(_stands_in(one, "check", compared[0]) for one in looks) else None
    if not isinstance(condition, ir.Binary) or getattr(ir.strip(condition.right), "text", "") != "0":
        return None
    if not any(_stands_in(one, "len", condition.left) for one in looks):
        return None
    return {"==": True, "!=": False, ">": False}.get(condition.op)


def _stands_in(look: ir.Access, kind: str, value: ir.Value) -> bool:
    return look.kind == kind and value.at[0] <= look.at[0] < value.at[1]


def _entries_escape(place: Place) -> Iterator[_Candidate]:
    """A pointer to an entry of a guarded map is handed out, though a map inside of the entry is changed under the lock.

    Evidence are both sides: an exported function looks the entry up under a lock, and others change what is inside of
    it, by way of the same map of objects, while they hold that lock exclusively.
    """
    for site in place.sites:
        if not (_leaves(site) and in_entry(site.fact.map) and site.fact.function.exported):
            continue
        taken = {held.key: held for held in site.fact.held if not held.once and leads(held, site.fact.map)}
        for writer in (way for other in place.sites for way in other.ways) if taken else ():
            fact = writer.fact
            if fact.kind not in ("write", "delete", "clear") or fact.function.is_test or made(writer):
                continue
            mine = next((one for one in fact.held if one.key in taken and one.mode == EXCLUSIVE), None)
            if mine is None or not in_entry(fact.map) or fact.function is site.fact.function:
                continue
            ways = [way for way in site.ways if way.thread.kind not in (MAIN, TEST) and mine.key in way.locks]
            if ways and not _always_locked(place, mine.key):
                held = taken[mine.key]
                text = ir.text_of(held.path) if held.path is not None else key_name(held.key).rpartition(".")[2]
                guard = Guard(held.key, text, 0, len(place.sites), container=True)
                overlap_ = Overlap(Confidence.MEDIUM, "the reference outlives the lock")
                yield _Candidate(site, ways[0], writer, overlap_, guard)
                break


def _always_locked(place: Place, key: str) -> bool:
    """Whether only this package can touch the maps of a place, and does so under a lock throughout: others hand them back."""
    owner = holder_of(place.key).rpartition(".")[2]
    touching = [site for site in place.sites if site.fact.kind != "copy" and not site.fact.function.is_test]
    return not owner[:1].isupper() and all(key in way.locks or made(way) for site in touching for way in site.ways)


def _leaves(site: Site) -> bool:
    """Whether a reference leaves its function, in code that is no test."""
    return (
        site.fact.kind == "copy" and isinstance(site.fact.op, (ir.Return, ir.Send)) and not site.fact.function.is_test
    )
