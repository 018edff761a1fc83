"""Maps of other packages: a place here forgets the lock under which their own package touches them (`types.guarding`).

The other side, a change under the lock, stands in that package. So an access here counts only if nothing speaks for it: it
has no lock at all, and its object is one that somebody else has as well, rather than one that was made here or came out of a
call.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from golint_maps.finding import Confidence
from golint_maps.flow import ir
from golint_maps.flow.accesses import Effective, Guard, Place, made
from golint_maps.flow.kinds import INCONSISTENT_LOCK
from golint_maps.flow.locks import lock_op
from golint_maps.flow.naming import expects_lock, makes_another, runs_once, sets_up
from golint_maps.flow.places import prefixes
from golint_maps.flow.threads import EXTERNAL, HANDLER, SPAWNED
from golint_maps.flow.verdicts import Conflict
from golint_maps.types.declarations import Guarding
from golint_maps.types.model import Pointer
from golint_maps.types.world import World

_LOCKS = re.compile(r"[lL]ock|Acquire|Begin")
_TOUCHES = ("write", "delete", "clear", "iterate", "read", "len")


def find_forgotten(
    places: Iterable[Place],
    found: Sequence[Conflict],
    package: str,
    world: World,
    excused: Callable[[ir.Function, ir.Span], bool],
) -> list[Conflict]:
    """The conflicts with what other packages do to their maps; one for each map, but for those with conflicts of their own."""
    known = {conflict.place.key for conflict in found if conflict.confidence >= Confidence.MEDIUM}
    conflicts: list[Conflict] = []
    for place in places:
        map_ = ir.strip(place.sites[0].fact.map)
        guarding = _guarding(map_, package, world) if place.key not in known else None
        if guarding is None:
            continue
        ways = [way for site in place.sites if (way := _forgets(site.ways, excused)) is not None]
        ways.sort(key=lambda one: (_TOUCHES.index(one.fact.kind), one.fact.function.path, one.fact.at))
        if ways:
            first = ways[0]
            guard = _guard(guarding, first)
            conflicts.append(
                Conflict(
                    INCONSISTENT_LOCK,
                    place,
                    first,
                    first,
                    Confidence.MEDIUM,
                    "its package locks it",
                    tuple(ways[1:]),
                    guard,
                    guarding,
                )
            )
    return conflicts


def _guarding(map_: ir.Value, package: str, world: World) -> Guarding | None:
    """What the package of a map says of its guard."""
    if isinstance(map_, ir.Global):
        home, name = map_.package, map_.name
    elif isinstance(map_, ir.Field) and map_.owner:
        home, _, owner = map_.owner.rpartition(".")
        name = f"{owner}.{map_.name}"
    else:
        return None
    declared = world.package(home) if home != package else None
    return declared.guarded.get(name) if declared is not None else None


def _guard(guarding: Guarding, first: Effective) -> Guard:
    map_ = ir.strip(first.fact.map)
    if isinstance(map_, ir.Field):
        key, text = f"{map_.owner}.{guarding.lock}", f"{ir.text_of(map_.base)}.{guarding.lock}"
    else:
        assert isinstance(map_, ir.Global)
        key = f"{map_.package}.{guarding.lock}"
        text = f"{map_.package.rpartition('/')[2]}.{guarding.lock}"
    return Guard(key, text, guarding.locked, guarding.total, guarding.annotated, all_writes=True)


def _forgets(ways: Iterable[Effective], excused: Callable[[ir.Function, ir.Span], bool]) -> Effective | None:
    """The first way in which an access comes to a shared object without any lock."""
    for one in ways:
        fact = one.fact
        if fact.kind not in _TOUCHES or fact.function.is_test or isinstance(fact.op, ir.Touch):
            continue
        if one.locks or one.useless or one.once or one.context.agreed or one.context.shield or fact.alias:
            continue
        if not _is_shared(one) or not _is_in_use(one):
            continue
        functions = [
            ir.outermost(fact.function),
            *([ir.outermost(one.origin.caller)] if one.origin is not None else ()),
        ]
        if any(expects_lock(function) or _locks_somehow(function) for function in functions):
            continue
        call = one.origin
        if excused(fact.function, fact.at) or (call is not None and excused(call.caller, call.at)):
            continue
        return one
    return None


def _is_shared(one: Effective) -> bool:
    """Whether the object is one that others have, too: a variable of a package leads to it, or an object that keeps it, or
    several goroutines have got it. What is only handed down by callers may be theirs alone."""
    parts = prefixes(ir.strip(one.fact.map))
    start = parts[-1]
    if isinstance(start, ir.Global):
        return True
    if not isinstance(start, ir.Local) or start.variable.kind not in ("receiver", "param") or made(one):
        return False
    if start.variable in one.context.owned or not isinstance(parts[1].type, Pointer):
        return False
    if start.variable.kind == "receiver" and len(parts) > 2:
        return True
    if one.thread.kind == EXTERNAL:
        return False
    return (one.thread.kind == SPAWNED and not one.awaited) or start.variable in one.context.common


def _is_in_use(one: Effective) -> bool:
    """Whether it is used by several: a goroutine, a request, or callers of the package; and not while things are set up."""
    function = ir.outermost(one.fact.function)
    starts = sets_up(function) and not makes_another(function)
    if one.thread.kind == EXTERNAL:
        return not (one.context.set_up or starts or runs_once(function))
    return one.thread.kind == HANDLER or (one.thread.kind == SPAWNED and not starts)


def _locks_somehow(function: ir.Function) -> bool:
    """Whether a function calls something that locks, by its name, in a way that is not understood here."""
    return any(_LOCKS.search(name) is not None and known is None for name, known in _calls(function))


def _calls(function: ir.Function) -> Iterator[tuple[str, object]]:
    for op in ir.walk_with_literals(function):
        if isinstance(op, ir.Call) and isinstance(op.callee, (ir.MethodRef, ir.FunctionRef, ir.Field)):
            yield op.callee.name, lock_op(op.callee)
