"""Accesses as they happen: each touch of a place with the ways that lead to it, and the lock that guards the place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from golint_maps.flow import ir
from golint_maps.flow.facts import AccessFact, CallFact
from golint_maps.flow.locks import EXCLUSIVE, Held
from golint_maps.flow.naming import expects_lock
from golint_maps.flow.places import prefixes
from golint_maps.flow.threads import Context, Thread, leaves_by
from golint_maps.record import record
from golint_maps.types.model import qualified_name_of


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
        """The keys of the locks held whenever it happens, but for those who have just made the object, and need none."""
        common: frozenset[str] | None = None
        for way in [one for one in self.ways if not made(one)] or self.ways:
            keys = frozenset(way.locks)
            common = keys if common is None else common & keys
        return common or frozenset()

    def mostly(self) -> frozenset[str]:
        """As `always`; with the locks that some callers hold where the function says that all of them have to."""
        if len(self.ways) > 1 and expects_lock(ir.outermost(self.fact.function)):
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

    @property
    def is_one_for_all(self) -> bool:
        """Whether the accesses are to one map, whatever objects there are: that of a package variable, or a captured one."""
        return self.local or any(isinstance(ir.root(site.fact.map), ir.Global) for site in self.sites)

    def writes(self) -> list[Site]:
        """The sites that change it."""
        return [site for site in self.sites if site.fact.writes]


def _reached_through(map_: ir.Value, key: str) -> bool:
    """Whether the way to a map leads through an object of the type whose field a lock is."""
    holder = key.rpartition(".")[0]
    return any(qualified_name_of(part.type) == holder for part in prefixes(map_)[1:])


def made(one: Effective) -> bool:
    """Whether the access is part of making the object: its function, or one that called it, has just created it."""
    by = leaves_by(one.fact.map, one.context)
    if by is not None:
        return by.made
    start = ir.root(one.fact.map)
    return one.fact.made_here or (isinstance(start, ir.Local) and start.variable in one.context.made)


def family(one: Effective) -> str:
    """The type (or package variable) from which the map is reached: accesses of one family are taken for one object's."""
    start = ir.root(one.fact.map)
    if isinstance(start, ir.Global):
        return f"var {start.package}.{start.name}"
    if leaves_by(one.fact.map, one.context) is not None:
        outside = prefixes(one.fact.map)[-2].type
        return qualified_name_of(outside) or qualified_name_of(start.type)
    return qualified_name_of(start.type)
