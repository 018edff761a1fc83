"""Which lock guards a place: the one that is annotated, or the one under which the place is written and mostly touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from golint_maps.flow import ir
from golint_maps.flow.accesses import Effective, Guard, Place, Site
from golint_maps.flow.facts import FunctionFacts
from golint_maps.flow.locks import EXCLUSIVE, Held, LockOp, lock_op
from golint_maps.flow.naming import runs_once, sets_up
from golint_maps.flow.places import holder_of, key_name, place_key, prefixes
from golint_maps.flow.remembered import remembered
from golint_maps.types.model import Named, Pointer, qualified_name_of


def from_container(place: Place, known: Mapping[str, Place]) -> Guard | None:
    """The guard of a map of objects is taken for the maps inside these objects, too, if some of their sites hold it."""
    for site in place.sites:
        for part in prefixes(site.fact.map)[1:]:
            outer = known.get(place_key(part) or "")
            if outer is None or outer.guard is None or outer.guard.annotated:
                continue
            found = inherited(place, outer.guard)
            if found is not None:
                return replace(found, container=True)
    return None


def guard_of_neighbours(places: list[Place], facts: Mapping[ir.Function, FunctionFacts]) -> None:
    """Find the maps that are never locked though another map of the same object is.

    Who takes the lock expects others to run the same function, which then touch the map beside it as well. So may those who
    call other methods of the object.
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
        functions = {ir.outermost(site.fact.function) for site in place.sites if not site.fact.function.is_test}
        both = any(
            one.takes and one.lock.key == guard.key for function in functions for one in facts[function].lock_ops
        )
        if both or _is_open(place, guard):
            place.neighbours = guard


def _is_open(place: Place, guard: Guard) -> bool:
    """Whether several exported methods touch a map, and one changes it, of an object whose own lock is taken at many places.

    A lock that is embedded is for those who call, too: they may take it for all of the object.
    """
    if guard.locked <= 3 or guard.key.endswith((".Mutex", ".RWMutex")):
        return False
    sites = [(ir.outermost(site.fact.function), site.fact) for site in place.sites if not site.fact.function.is_test]
    touching = {
        one for one, _ in sites if one.exported and one.receiver is not None and not (sets_up(one) or runs_once(one))
    }
    return len(touching) > 1 and any(fact.writes and fact.kind != "replace" for one, fact in sites if one in touching)


def inherited(place: Place, guard: Guard) -> Guard | None:
    """The guard of a map of maps guards the inner maps too, if it is held at some of their sites."""
    holding = [site for site in place.sites if guard.key in site.always()]
    return Guard(guard.key, guard.text, len(holding), len(place.sites)) if holding else None


def infer_guard(place: Place, annotated: str) -> Guard | None:
    """The lock that guards a place: the annotated one, or the one under which it is written and mostly touched."""
    counted = [
        site
        for site in place.sites
        if site.fact.kind != "copy" and not site.fact.function.is_test and not _puts_first(site)
    ]
    if not counted:
        return None
    holder = holder_of(place.key)
    missed = Counter[str]()
    counts: dict[str, int] = {}
    written: dict[str, int] = {}
    texts: dict[str, str] = {}
    for site in counted:
        for way in site.ways:
            for key, held in way.locks.items():
                if held.path is not None:
                    texts.setdefault(key, ir.text_of(held.path))
        held_there = site.mostly()
        meant = {} if held_there else _meant(site, holder)
        missed.update(meant.keys())
        for key in held_there | meant.keys():
            counts[key] = counts.get(key, 0) + 1
            modes = [way.locks[key].mode for way in site.ways if key in way.locks] or [meant[key].mode]
            if site.fact.writes and all(mode == EXCLUSIVE for mode in modes):
                written[key] = written.get(key, 0) + 1
    if annotated:
        short = annotated.rpartition(".")[2]
        return Guard(annotated, texts.get(annotated, short), counts.get(annotated, 0), len(counted), True)
    writes = sum(1 for site in counted if site.fact.writes)

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
    return Guard(best, text, counts[best] - missed[best], len(counted), all_writes=always, container=container)


def _meant(site: Site, holder: str) -> dict[str, Held]:
    """Locks of the map's object that are taken before an access and released at once: meant to be held there, by key."""
    at = site.fact.at[0]
    return {
        held.key: held
        for block, end, held in _released_at_once(site.fact.function)
        if block[0] <= at < block[1] and end <= at and holder_of(held.key) == holder
    }


@remembered(4096)
def _released_at_once(function: ir.Function) -> tuple[tuple[ir.Span, int, Held], ...]:
    """The locks of empty critical sections, each with the block in which one stands, and where it ends.

    `mu.Lock(); mu.Unlock(); s.peers[k] = p` misses a `defer`.
    """
    found: list[tuple[ir.Span, int, Held]] = []
    for block in ir.all_blocks(function.body) if function.body is not None else ():
        for one, other in pairwise(block.ops):
            taken = _operation(one)
            released = _operation(other) if taken is not None and taken.takes else None
            if taken is None or released is None or released.takes or taken.lock != released.lock:
                continue
            key = place_key(taken.lock)
            if key is not None:
                found.append((block.at, other.at[1], Held(key, taken.mode, taken.lock)))
    return tuple(found)


def _operation(op: ir.Op) -> LockOp | None:
    """What a statement does to a lock now, rather than when the function returns."""
    return lock_op(op.callee) if isinstance(op, ir.Call) and op.mode == "call" else None


def _puts_first(site: Site) -> bool:
    """Whether a site puts a map in place, or fills it, in a function that is called once, before others have the object.

    No lock is missed there: it says nothing of the lock with which others come. What it has left running already may.
    """
    op, function = site.fact.op, ir.outermost(site.fact.function)
    if site.fact.kind not in ("replace", "write") or any(way.locks for way in site.ways):
        return False
    alone = not any(way.live for way in site.ways)
    if site.fact.kind == "write":
        return (
            alone and function.receiver is not None and function.short_name.lower() in ("init", "initialize", "setup")
        )
    made = isinstance(op, ir.Assign) and isinstance(op.value, (ir.Make, ir.Composite))
    once = runs_once(function) or sets_up(function)
    return once and (function.receiver is None or (made and alone))


def leads(held: Held, map_: ir.Value) -> bool:
    """Whether a lock belongs to an object through which a map is reached."""
    lock = ir.strip(held.path) if held.path is not None else None
    return isinstance(lock, ir.Field) and ir.strip(lock.base) in prefixes(map_)[1:]


def stands_beside(held: Held, map_: ir.Value) -> bool:
    """Whether a lock is a field of the very object that has the map, or of a struct that is a part of it, by value."""
    lock, map_ = ir.strip(held.path) if held.path is not None else None, ir.strip(map_)
    if not isinstance(lock, ir.Field) or not isinstance(map_, ir.Field):
        return False
    holder, part = ir.strip(map_.base), ir.strip(lock.base)
    while part != holder and isinstance(part, ir.Field) and not isinstance(part.type, Pointer):
        part = ir.strip(part.base)
    return part == holder


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
