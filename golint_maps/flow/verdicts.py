"""From places to conflicts: which pairs of accesses are reported, by which rule, with which witness first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from golint_maps.finding import Confidence
from golint_maps.flow import ir
from golint_maps.flow.accesses import Effective, Guard, Place, Site, made
from golint_maps.flow.doubts import HandedOn, is_doubtful
from golint_maps.flow.filling import fills_once
from golint_maps.flow.guards import elsewhere, leads, stands_beside
from golint_maps.flow.kinds import (
    CONCURRENT_ITERATION,
    CONCURRENT_READ_WRITE,
    CONCURRENT_WRITE,
    GUARDED,
    GUARDED_MAP_ESCAPES,
    INCONSISTENT_LOCK,
    WRITE_UNDER_RLOCK,
    WRONG_LOCK,
)
from golint_maps.flow.locks import EXCLUSIVE, ONCE_BODY, SHARED, Held
from golint_maps.flow.naming import expects_lock
from golint_maps.flow.overlaps import Overlap, Sharing, over_before, overlap, protected
from golint_maps.flow.places import holder_of, in_entry, key_name, prefixes
from golint_maps.flow.threads import CALLBACK, EXTERNAL, HANDLER, MAIN, SPAWNED, TEST
from golint_maps.project.constraints import can_coexist
from golint_maps.record import record
from golint_maps.types.declarations import Guarding
from golint_maps.types.model import Pointer, Unknown, qualified_name_of

# Places with more sites than this are compared by their first ones: enough for a witness.
_MAX_SITES = 60
_MAX_WAYS = 8


@record(frozen=True, slots=True)
class Conflict:
    """Two accesses to one place that may overlap: `first` is where the report stands, `second` the other side.

    `others` are more accesses with the same defect, `reason` says why the two may overlap. `abroad`: the other side is what
    the map's own package does, under a lock, and `second` is the same as `first`.
    """

    kind: str
    place: Place
    first: Effective
    second: Effective
    confidence: Confidence
    reason: str
    others: tuple[Effective, ...] = ()
    guard: Guard | None = None
    abroad: Guarding | None = None


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
            if partner in reported or kind in GUARDED or one.second.locks:
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
    guard = (top.guard or place.guard) if kind in GUARDED else None
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
                if is_doubtful(place, kind, (one, two, first), found, handed_on, own_objects):
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
    return (writer.fact.built and guard.key in writer.locks) or fills_once(writer, guard)


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


def _excludes_all(key: str, place: Place) -> bool:
    """Whether everything that touches a place holds one lock exclusively."""
    return all(site.exclusively(key) for site in place.sites if not site.fact.function.is_test)


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
    once = all(fills_once(one, guard) for one in writers)
    for site in place.sites:
        if not _leaves(site) or in_entry(site.fact.map):
            continue
        for way in site.ways:
            # The caller holds the guard: what it does with the reference is seen there.
            inherited = any(held.key == guard.key for held in way.context.held)
            # Nobody has got a map that is still being filled. Others may change one that is made once, for all to come;
            # if each change leads to a new map, it is clear that nobody is to touch what was handed out.
            outside = ir.outermost(way.fact.function).short_name[:1].isupper()
            others = [
                one
                for one in writers
                if not (one.fact.built and guard.key in one.locks) or (outside and fills_once(one, guard))
            ]
            later = [writer for writer in others if not over_before(writer, way)]
            # Who alone changes it does so no more when it gives it away, for all that is known of one goroutine.
            single = way.thread.kind == SPAWNED and not (way.thread.many or way.thread.maybe_many)
            alone = way.thread.kind == MAIN or (single and guard.key not in way.locks)
            others_do = not alone or any(writer.thread != way.thread for writer in later)
            # What a function has made and gives away is its caller's, unless others have got hold of it.
            away = way.fact.made_here and not way.fact.exposed and not way.live
            away = away or expects_lock(ir.outermost(way.fact.function))  # says that what it gives is not safe
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
