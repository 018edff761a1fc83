"""How loud a conflict is told: what kinds of evidence are worth, by what reading their reports in real code has shown.

Some kinds are right in nearly all cases, others in a few of ten. Those tell a bug as well, where they are right, so that they
are not hidden; but a note breaks nobody's build. The figures are those of 45 projects as they were first read
(`docs/precision.md`), before anything was mended for them.
"""

from __future__ import annotations

from golint_maps.finding import Confidence, Level
from golint_maps.flow.accesses import Effective, Place, made
from golint_maps.flow.filling import fills_once
from golint_maps.flow.kinds import CONCURRENT, GUARDED_MAP_ESCAPES, INCONSISTENT_LOCK
from golint_maps.flow.verdicts import Conflict


def level_of(conflict: Conflict) -> Level | None:
    """The level of a conflict's report, where it is another one than that of its rule and confidence."""
    if conflict.kind in CONCURRENT:
        return _without_guard(conflict)
    if conflict.kind == INCONSISTENT_LOCK:
        return _forgotten(conflict)
    if conflict.kind == GUARDED_MAP_ESCAPES and _is_filled_once(conflict):
        return Level.NOTE  # 0 of 7 were right: what others get changes no more, unless they change it
    return None


def _without_guard(conflict: Conflict) -> Level | None:
    """No lock guards the map. If none is held either, it has to be one map for all, and the threads in sight.

    Package variables and captured variables are one for all (15 of 15 were right). Objects may be each goroutine's own
    (11 of 52 errors), and who may come at the same time is a matter of the whole program, if one side only is in sight
    (14 of 34).
    """
    if conflict.first.locks or conflict.second.locks or conflict.place.is_one_for_all:
        return None
    return Level.WARNING if conflict.confidence is Confidence.HIGH else Level.NOTE


def _forgotten(conflict: Conflict) -> Level | None:
    """A read without the lock rarely kills the process; who replaces an object's map without it often prepares that (4 of 10)."""
    fact = conflict.first.fact
    if fact.kind == "replace" and conflict.confidence < Confidence.HIGH and not conflict.place.is_one_for_all:
        return Level.NOTE
    return None if fact.writes or fact.kind == "iterate" else Level.WARNING


def _is_filled_once(conflict: Conflict) -> bool:
    """Whether all that changes a map in place does so where it was found empty, under the lock."""
    guard = conflict.guard
    return guard is not None and all(fills_once(way, guard) for way in _changes(conflict.place))


def _changes(place: Place) -> list[Effective]:
    ways = (way for site in place.sites if not site.fact.function.is_test for way in site.ways)
    return [way for way in ways if way.fact.kind in ("write", "delete", "clear") and not made(way)]
