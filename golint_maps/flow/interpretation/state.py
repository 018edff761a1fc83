"""What is known at one point of a function, and what is left of it where ways meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from golint_maps.flow import ir
from golint_maps.flow.facts import Known, Spawn, Turn
from golint_maps.flow.locks import Held, Perhaps, Under
from golint_maps.flow.places import keys_of
from golint_maps.flow.sets import common, frozen, union
from golint_maps.record import record


@record(slots=True)
class State:
    """What is known at one point of a function; `dead` where control never arrives."""

    # By key; a second lock of the same key is that of another object.
    held: dict[str, Held] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()
    env: dict[ir.Variable, ir.Value] = field(default_factory=dict)
    shared: frozenset[object] = frozenset()
    live: frozenset[Spawn] = frozenset()
    # Those that have told that they end, and were waited for.
    past: frozenset[tuple[str, int]] = frozenset()
    deferred: tuple[ir.Call, ...] = ()
    dead: bool = False
    # Goroutines of a loop of which each iteration of another loop awaits one: joined when that loop ends by itself.
    joining: frozenset[tuple[str, int]] = frozenset()
    # An atomic was loaded on the way here: what it publishes is ordered before.
    ordered: bool = False
    # Parameters whose truth is known on this way.
    assumed: frozenset[Known] = frozenset()
    # Places that got an object which this function has made.
    given: frozenset[ir.Value] = frozenset()
    # What was waited for on the way here: groups as a whole, and channels from which one value came.
    waited: frozenset[ir.Value] = frozenset()
    received: frozenset[ir.Value] = frozenset()
    # Fields of local copies of structs that were assigned since: no longer those of what was copied.
    own: dict[ir.Value, ir.Value] = field(default_factory=dict)
    # Goroutines that were started in the current iteration of a loop.
    turn: frozenset[Turn] = frozenset()
    # Places that got a new map since a lock was last released.
    built: frozenset[ir.Value] = frozenset()
    # Variables that hold the reference of a map which was taken from its place while a lock was held.
    taken: frozenset[ir.Variable] = frozenset()
    # Locks that are held on some ways to here, of which conditions tell.
    perhaps: frozenset[Perhaps] = frozenset()
    # Those of which a condition tells that may be asked again.
    under: frozenset[Under] = frozenset()
    # The keys of locks of the caller that were released here and taken again: it gets them back as they were.
    retaken: frozenset[str] = frozenset()

    def starts(self, spawns: Iterable[Spawn], loops: Iterable[ir.Span]) -> None:
        """Goroutines are started in the current iterations of the loops around."""
        self.turn |= {(spawn.identity, loop[0]) for spawn in spawns for loop in loops}

    def orders(self) -> frozenset[str]:
        """The keys of what was waited for, those of channels behind an arrow."""
        if not self.waited and not self.received:
            return frozen()
        return keys_of(self.waited) | {f"<-{key}" for key in keys_of(self.received)}

    def has_own(self, variable: ir.Variable) -> bool:
        """Whether a local variable holds a struct with fields of its own."""
        return bool(self.own) and any(ir.root(path) == ir.Local(variable) for path in self.own)

    def take(self, lock: Held) -> None:
        """A lock is taken, perhaps beside that of another object of the same type."""
        self.held[slot_for(lock, self.held)] = lock
        if lock.key in self.dropped:
            self.retaken |= {lock.key}
        self.dropped -= {lock.key}

    def release(self, lock: Held) -> bool:
        """A lock is released; False if nothing is known of its having been taken, on this way or one that has joined it."""
        perhaps = any(one.held.key == lock.key for one in self.perhaps)
        self.perhaps = frozen(one for one in self.perhaps if one.held.key != lock.key)
        self.under = frozen(one for one in self.under if one.held.key != lock.key)
        slots = [slot for slot, held in self.held.items() if held.key == lock.key]
        if not slots:
            return perhaps
        del self.held[next((slot for slot in slots if self.held[slot].path == lock.path), slots[0])]
        return True

    def copy(self) -> State:
        """An independent copy."""
        return State(
            dict(self.held),
            self.dropped,
            dict(self.env),
            self.shared,
            self.live,
            self.past,
            self.deferred,
            self.dead,
            self.joining,
            self.ordered,
            self.assumed,
            self.given,
            self.waited,
            self.received,
            dict(self.own),
            self.turn,
            self.built,
            self.taken,
            self.perhaps,
            self.under,
            self.retaken,
        )


_MADE = (ir.Composite, ir.Make, ir.New)


def slot_for(lock: Held, held: Mapping[str, Held]) -> str:
    """Where a lock goes among those that are held: at its key, unless that of another object is there."""
    other = held.get(lock.key)
    if other is None or lock.path is None or other.path is None or other.path == lock.path:
        return lock.key
    return f"{lock.key} of {ir.text_of(lock.path)}"


def _is_own(held: Held, state: State, there: State) -> bool:
    """Whether a lock that is held `there`, on another way, belongs to what only this way has made: nobody is to be kept out."""
    start = ir.root(held.path) if held.path is not None else None
    if not isinstance(start, ir.Local) or start == held.path:
        return False
    made = state.env.get(start.variable)
    return (
        made is not None
        and isinstance(ir.strip(made), (ir.Composite, ir.New))
        and there.env.get(start.variable) != made
    )


def join(states: Iterable[State]) -> State:
    """What is certain whichever of the states control comes from; where there is only one, that one itself."""
    alive = [state for state in states if not state.dead]
    if not alive:
        return State(dead=True)
    if len(alive) == 1:
        return alive[0]
    result = alive[0].copy()
    for other in alive[1:]:
        kept = {k: held for k, held in result.held.items() if k in other.held or _is_own(held, other, result)}
        more = {k: held for k, held in other.held.items() if k not in result.held and _is_own(held, result, other)}
        result.held = kept | more
        for key, held in list(result.held.items()):
            if key in other.held and other.held[key].mode != held.mode:
                result.held[key] = replace(held, mode="shared")
        for variable, value in list(result.env.items()):
            second = other.env.get(variable)
            if second is value:
                continue
            if second is not None and isinstance(value, ir.Nil):
                result.env[variable] = second  # of a pointer that is still nil there, nothing is reached
            elif second != value and not isinstance(second, ir.Nil):
                del result.env[variable]
            elif second != value:
                continue
            elif isinstance(second, _MADE) and id(value) in other.shared - result.shared:
                # Two objects made alike: what the other way has shared is not what its variable holds now.
                result.env[variable] = second
        result.dropped = union(result.dropped, other.dropped)
        result.shared = union(result.shared, other.shared)
        result.live = union(result.live, other.live)
        result.past = union(result.past, other.past)
        result.turn = union(result.turn, other.turn)
        result.built = common(result.built, other.built)
        result.taken = common(result.taken, other.taken)
        result.perhaps = common(result.perhaps, other.perhaps)
        result.under = common(result.under, other.under)
        result.retaken = union(result.retaken, other.retaken)
        result.joining = union(result.joining, other.joining)
        result.ordered = result.ordered and other.ordered
        result.assumed = common(result.assumed, other.assumed)
        result.given = common(result.given, other.given)
        result.waited = common(result.waited, other.waited)
        result.received = common(result.received, other.received)
        if result.own:
            result.own = {
                path: other.own[path] if isinstance(value, ir.Nil) else value
                for path, value in result.own.items()
                if path in other.own
            }
        if len(other.deferred) > len(result.deferred):
            result.deferred = other.deferred
    return result


def widen(live: frozenset[Spawn]) -> frozenset[Spawn]:
    """Goroutines that may run; one that is started many times counts once."""
    if not live:
        return frozen()
    many = {spawn.identity for spawn in live if spawn.many}
    return frozen(s for s in live if s.many or s.identity not in many)


@record(slots=True)
class Target:
    """Where jumps out of a loop, switch or block land."""

    label: str
    loop: bool
    plain: bool = False
    breaks: list[State] = field(default_factory=list)
    continues: list[State] = field(default_factory=list)
