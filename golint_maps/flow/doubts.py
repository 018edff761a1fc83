"""What speaks against a conflict: by such signs it is wrong more often than right, so that it is told with low confidence.

Names that say set-up, locks that callers nobody has seen may hold, objects that goroutines pass to each other, and kinds of
evidence that reading real code has shown to be thin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_maps.finding import Confidence
from golint_maps.flow import ir
from golint_maps.flow.accesses import Effective, Guard, Place, family, made
from golint_maps.flow.callers import EXCLUSIVE_MARK
from golint_maps.flow.guards import elsewhere
from golint_maps.flow.kinds import CONCURRENT, INCONSISTENT_LOCK
from golint_maps.flow.locks import EXCLUSIVE, Held, lock_op
from golint_maps.flow.naming import expects_lock, makes_another, runs_once, sets_up
from golint_maps.flow.overlaps import Overlap
from golint_maps.flow.places import holder_of, place_key, prefixes
from golint_maps.flow.standing import makes_where_none_is
from golint_maps.flow.threads import CALLBACK, EXTERNAL, HANDLER, SPAWNED, Thread
from golint_maps.flow.turns import asks_first, dispatches, hand_over
from golint_maps.record import record
from golint_maps.types.model import EMPTY_INTERFACE, Interface, Named, Pointer, qualified_name_of

_COPIES_TO = re.compile(r"(?:[Dd]eep)?[Cc](?:opy|lone)(?:In)?[Tt]o$")
_RESETS = ("reset", "release", "free", "clear", "recycle", "close", "init", "reuse")
_SETTER = re.compile(r"[Ss]et(?=[A-Z])")


@record(frozen=True, slots=True)
class HandedOn:
    """The qualified names of the types whose objects goroutines pass to each other: each is its holder's own.

    `carried` go through channels, `pooled` through a `sync.Pool`. `given` are parameters that get an object of their own at
    each call, `standing` the keys of the maps that each object has from its beginning.
    """

    carried: frozenset[str] = frozenset()
    pooled: frozenset[str] = frozenset()
    given: frozenset[ir.Variable] = frozenset()
    standing: frozenset[str] = frozenset()

    def has_one(self, way: Effective) -> bool:
        """Whether an access makes a map where there is none, which never is so."""
        return way.fact.key in self.standing and makes_where_none_is(way.fact)

    def gives(self, way: Effective) -> bool:
        """Whether an unknown caller would have to give an object that only this package makes, and does for each call."""
        start = ir.root(way.fact.map)
        return way.thread.kind == EXTERNAL and isinstance(start, ir.Local) and start.variable in self.given

    def holds(self, way: Effective) -> bool:
        """Whether an access is one to an object of these types."""
        types = (family(way), holder_of(way.fact.key))
        return any(one in self.carried or one in self.pooled for one in types)

    def resets(self, way: Effective) -> bool:
        """Whether an access makes a pooled object ready for its next use, by what the function is called."""
        function = ir.outermost(way.fact.function)
        return (
            function.short_name.lower().startswith(_RESETS)
            and function.receiver is not None
            and qualified_name_of(function.receiver.type) in self.pooled
        )


def is_doubtful(
    place: Place,
    kind: str,
    sides: tuple[Effective, Effective, Effective],
    found: Overlap,
    handed_on: HandedOn,
    own_objects: bool,
) -> bool:
    """Whether a conflict of that kind is told with low confidence only; `sides` are its two, and the one that is at fault.

    `own_objects`: no lock of theirs tells that the objects are shared, so that those which are `handed_on` are for one at a time.
    """
    one, two, first = sides
    guard, sure = place.guard, found.confidence is Confidence.HIGH
    if not sure and (
        (not found.again and (_sets_up(one, guard) or _sets_up(two, guard)))
        or (not found.started_here and _left_to_callers(one, two, first, guard))
        or _perhaps_one_lock(one, two)
        or _is_given(one)
        or _is_given(two)
        or handed_on.resets(one)
        or handed_on.resets(two)
        or handed_on.gives(one)
        or handed_on.gives(two)
        or (own_objects and (handed_on.holds(one) or handed_on.holds(two)))
    ):
        return True
    return (
        _handed_lock(one, two)
        or handed_on.has_one(one)
        or handed_on.has_one(two)
        or (guard is not None and elsewhere(first, place, guard))
        or (not sure and _thin(place, kind, one, two, first, guard))
        or (not sure and kind in CONCURRENT and guard is None and _is_made_anew(place, one, two))
        or (kind in CONCURRENT and (_confined(one, two) or _confined(two, one)))
        or (kind in CONCURRENT and (_looks_up_in_loop(one) or _looks_up_in_loop(two)))
    )


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
    if (
        guard is not None
        and ir.outermost(one.fact.function) is not ir.outermost(two.fact.function)
        and _comes_without(first, guard)
    ):
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
        alike = ir.outermost(one.fact.function) is ir.outermost(two.fact.function)
        expects = expects or (not alike and _comes_without(first, guard))
        return unsure or (first.context.assumed and not expects)
    if guard is not None or kind not in CONCURRENT or place.neighbours is not None:
        return False
    holder = holder_of(place.key)
    if hand_over(one.thread, two.thread):
        return True
    beside = [any(key.rpartition(".")[0] == holder for key in way.locks) for way in (one, two)]
    return beside[0] == beside[1] and not _leads_to_both(one, two) and not _accompanied(one, two)


def _is_made_anew(place: Place, one: Effective, two: Effective) -> bool:
    """Whether a side without any lock gives an object another map, as who prepares it does (none of 34 were right)."""
    return not (one.locks or two.locks) and not place.is_one_for_all and "replace" in (one.fact.kind, two.fact.kind)


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
        others = {*_starters(theirs.thread), ir.outermost(theirs.fact.function)}
        if theirs.origin is not None:
            others.add(ir.outermost(theirs.origin.caller))
        if not others.isdisjoint(_starters(mine.thread)):
            return True
    return False


def _starters(thread: Thread | None) -> Iterator[ir.Function]:
    """The functions which have started a goroutine, those that were on the way to it included."""
    while thread is not None:
        if thread.spawn is not None:
            yield ir.outermost(thread.spawn.function)
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
    function = ir.outermost(one.fact.function)
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
        and start.type in EMPTY_INTERFACE
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


def _leaves_it_to_callers(one: Effective) -> bool:
    """Whether a function that takes no lock says that its callers hold one: then it is likely that unknown ones do."""
    function = ir.outermost(one.fact.function)
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
