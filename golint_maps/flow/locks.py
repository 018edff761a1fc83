"""Locks: which calls take and release which lock, and in which mode."""

from __future__ import annotations

from golint_maps.flow import ir
from golint_maps.flow.models import COROUTINES
from golint_maps.flow.places import place_key, prefixes
from golint_maps.record import record
from golint_maps.types.model import Named, Pointer, Struct, StructField, Type, qualified_name_of
from golint_maps.types.world import World

EXCLUSIVE = "exclusive"
SHARED = "shared"

# What `once.Do(f)` gives: f runs in ONCE_BODY, and what comes after the call is ordered behind it (ONCE_DONE).
ONCE_BODY = "once body"
ONCE_DONE = "once done"

_TAKE = {"Lock": EXCLUSIVE, "RLock": SHARED, "TryLock": EXCLUSIVE, "TryRLock": SHARED}
_RELEASE = {"Unlock": EXCLUSIVE, "RUnlock": SHARED}


@record(frozen=True, slots=True)
class LockOp:
    """A call that takes or releases a lock: the lock's access path, the mode, and whether it only tries."""

    lock: ir.Value
    mode: str
    takes: bool
    tries: bool = False


@record(frozen=True, slots=True)
class Held:
    """A lock that is certainly held: its place key, its mode, its access path where that is known in this function."""

    key: str
    mode: str
    path: ir.Value | None = None

    @property
    def once(self) -> bool:
        """Whether this is the order that a `sync.Once` gives, rather than a lock."""
        return self.mode in (ONCE_BODY, ONCE_DONE)


@record(frozen=True, slots=True)
class Perhaps:
    """A lock that is held on one of two ways which have met: where a parameter is true, or false.

    Without a parameter it is something that the function itself has found out which tells (`if exists { mu.Lock() … }`).
    """

    held: Held
    flag: ir.Variable | None
    truth: bool


@record(frozen=True, slots=True)
class Under:
    """A lock that is held where a condition is true, or false: one which was asked at the byte `since`, and is settled."""

    condition: ir.Value
    truth: bool
    held: Held
    since: int


def lock_op(callee: ir.Value) -> LockOp | None:
    """What a call of `callee` (resolved) does to a lock, by the names of the methods of `sync.Locker` and friends.

    Any type with these methods counts, `sync.Mutex`, wrappers and drop-in replacements alike, but those of coroutines, which
    need none for their maps.
    """
    if not isinstance(callee, (ir.MethodRef, ir.Field)):
        return None
    name = callee.name
    base = ir.strip(callee.base)
    mode = _TAKE.get(name)
    takes = mode is not None
    if mode is None:
        mode = _RELEASE.get(name)
    if mode is None or qualified_name_of(base.type).startswith(COROUTINES):
        return None
    if isinstance(base, ir.Result) and isinstance(base.call.callee, (ir.MethodRef, ir.Field)):
        inner = base.call.callee
        if inner.name == "RLocker":
            return LockOp(ir.strip(inner.base), SHARED, takes)
    return LockOp(base, mode, takes, name.startswith("Try"))


def held_of(lock: ir.Value, mode: str) -> Held:
    """The held lock for an access path; a lock that can't be named keeps its text as its key."""
    return Held(place_key(lock) or f"?{ir.text_of(lock)}", mode, lock)


def is_copy(lock: ir.Value) -> bool:
    """Whether an access path leads to a copy of a lock: one in a variable, parameter or receiver that holds it by value.

    A local variable is a copy only if it was filled from elsewhere, which its path alone does not tell: callers compare it
    with the path of the map.
    """
    start = ir.root(lock)
    if not isinstance(start, ir.Local) or isinstance(start.type, Pointer):
        return False
    parts = prefixes(lock)[:-1]
    if any(isinstance(part.type, Pointer) or isinstance(part, ir.Element) for part in parts):
        return False
    if not parts:
        named = start.type
        return (
            start.variable.kind == "param"
            and isinstance(named, Named)
            and named.qualified in ("sync.Mutex", "sync.RWMutex")
        )
    # The outermost field is one of another type: an interface holds it, and what it holds may be a pointer.
    if isinstance(parts[-1], ir.Field) and parts[-1].owner != getattr(start.type, "qualified", ""):
        return False
    return start.variable.kind in ("param", "receiver", "local", "range") and isinstance(start.type, Named)


def is_lock(type_: Type, world: World) -> bool:
    """Whether a type is a lock, or a pointer to one: it has the methods of `sync.Locker`."""
    named = world.named(type_)
    if named is None:
        return False
    if world.declaration(named) is None:
        return named.name in ("Mutex", "RWMutex") or named.qualified in world.hints.locks
    return {"Lock", "Unlock"} <= world.tells(named)


def embedded_lock(type_: Type, world: World) -> StructField | None:
    """The field from which a struct may have a `Lock` that is declared nowhere: one of a type whose package is not here."""
    struct = world.underlying(world.deref(type_))
    fields = struct.fields if isinstance(struct, Struct) else ()
    unknown = [
        one
        for one in fields
        if one.embedded and (named := world.named(one.type)) is not None and world.declaration(named) is None
    ]
    locks = [one for one in unknown if is_lock(one.type, world)] or unknown
    return locks[0] if len(locks) == 1 else None


def has_lock(type_: Type, world: World) -> bool:
    """Whether a struct type has a lock among its fields."""
    struct = world.underlying(type_)
    return isinstance(struct, Struct) and any(is_lock(one.type, world) for one in struct.fields)
