"""Goroutines that wait for themselves: the guard of a map taken again by its holder, or never given back.

Locks are compared by access path, not by type: `a.mu` held says nothing about `b.mu`. A path counts only where its
variables and fields are not assigned anew between, so that walking a list hand over hand stays what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field, replace

from golint_maps.finding import Confidence
from golint_maps.flow import ir
from golint_maps.flow.alike import Alike, has_foreign_keys
from golint_maps.flow.definitions import definitions
from golint_maps.flow.facts import CallFact, FunctionFacts, LockFact
from golint_maps.flow.locks import EXCLUSIVE, SHARED, Held, is_lock, lock_op
from golint_maps.flow.outward import rebased
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import compared_with_nil, parts
from golint_maps.flow.places import place_key, place_name, prefixes, rebase
from golint_maps.record import record
from golint_maps.types.model import Func, Interface, Pointer, Struct
from golint_maps.types.world import World

AGAIN = "again"
UPGRADE = "upgrade"
READ_AGAIN = "read again"
LOOP = "loop"
CONTINUE = "continue"
DEFERRED = "deferred"
LEAK = "leak"
NOT_RELEASED = "not released"

# Calls followed from the holder of a lock to the place that takes it again.
_MAX_CHAIN = 4
_MAX_TAKES = 40
_RELEASES = frozenset({"Unlock", "RUnlock", "unlock"})

# A function with one of these in its name, or in its comment, may well return with a lock held on purpose.
_HOLDS_BY_NAME = ("lock", "acquire", "begin", "enter", "hold", "pause", "suspend", "freeze", "stoptheworld")
_HOLDS_BY_COMMENT = ("lock held", "locked", "holding", "unlock", "release", "acquire", "holds the", "still held")

# Library functions that run the function which they are given before they return.
_AT_ONCE = (
    "sort.",
    "slices.",
    "maps.",
    "strings.",
    "bytes.",
    "sync.Once.",
    "sync.Map.Range",
    "path/filepath.Walk",
    "io/fs.Walk",
)


@record(frozen=True, slots=True)
class Step:
    """One place on the way from holding a lock to taking it again, with what happens there."""

    function: ir.Function
    at: ir.Span
    says: str


@record(frozen=True, slots=True)
class Deadlock:
    """A goroutine that waits for itself, or leaves a lock held for whoever comes next.

    `at` is the lock operation, call or return at fault; `lock` is how the lock is written there, `map` the place that
    it guards. `through` names the function that takes the lock again, if it is not this one.
    """

    kind: str
    function: ir.Function
    at: ir.Span
    lock: str
    map: str
    confidence: Confidence
    steps: tuple[Step, ...] = ()
    through: str = ""


@record(frozen=True, slots=True)
class _Take:
    """A lock that a function may take itself or through callees, as a path in its own terms."""

    path: ir.Value
    mode: str
    steps: tuple[Step, ...]
    # Parameters that decide whether it comes to that.
    depends: frozenset[ir.Variable] = frozenset()
    # Those of them that have to be nil.
    optional: frozenset[ir.Variable] = frozenset()


def find_deadlocks(package: PackageFlow) -> Iterator[Deadlock]:
    """All places of a package where the guard of a map is taken again by its holder, or left held; each place once."""
    search = _Search(package)
    if not search.guards:
        return
    reported: set[tuple[str, int]] = set()
    for function in package.all_functions():
        for found in search.of(function):
            key = (found.function.path, found.at[0])
            if key not in reported:
                reported.add(key)
                yield found


@record(slots=True)
class _Search:
    package: PackageFlow
    guards: dict[str, str] = field(init=False)
    handed_over: frozenset[str] = field(init=False)
    _takes: dict[ir.Function, list[_Take]] = field(init=False, default_factory=dict)
    _lets_go: dict[ir.Function, dict[str, int]] = field(init=False, default_factory=dict)
    _calls: dict[ir.Function, dict[int, ir.Call]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.guards = _guards(self.package)
        released = {key for facts in self.package.facts.values() for key in facts.releases}
        by_value = self._unlocks_as_values(self.package.all_functions()) if self.guards else ()
        self.handed_over = frozenset(released.union(by_value) if self.guards else ())

    @property
    def world(self) -> World:
        return self.package.world

    def of(self, function: ir.Function) -> Iterator[Deadlock]:
        facts = self.package.facts.get(function)
        if facts is None or function.body is None:
            return
        # `unlock := once(mu.Unlock)`: nobody sees when that is called.
        unseen = set(self._unlocks_as_values((function,)))
        yield from self._taken_again(function, facts, unseen)
        yield from self._called(function, facts, unseen)
        deferred = list(self._deferred_helpers(function))
        yield from deferred
        yield from self._in_loops(function)
        yield from self._left_held(function, facts, {one.lock for one in deferred})

    # --- taken again --------------------------------------------------------------------------------------------------

    def _taken_again(self, function: ir.Function, facts: FunctionFacts, unseen: set[str]) -> Iterator[Deadlock]:
        for taken in facts.lock_ops:
            if not taken.before or not self._waits(function, taken):
                continue
            path = ir.strip(taken.lock.path) if taken.lock.path is not None else None
            for held in taken.before:
                if path is None or held.path is None or ir.strip(held.path) != path:
                    continue
                if (
                    held.key in self.guards
                    and held.key not in unseen
                    and stable(path, function)
                    and self._on_purpose(function, facts, held, taken.at)
                    and self._is_one(path, function, _first_taken(facts, held, taken.at), taken.at)
                ):
                    first = _first_taken(facts, held, taken.at)
                    steps = () if first is None else (Step(function, first, f"`{ir.text_of(path)}` is taken here"),)
                    found = self._again(held, taken.lock, function, taken.at, path, steps, "")
                    yield replace(found, kind=NOT_RELEASED) if taken.deferred else found

    def _on_purpose(self, function: ir.Function, facts: FunctionFacts, held: Held, before: ir.Span) -> bool:
        """Whether a lock was taken here or by a helper for that, rather than left over by a mistake of a callee."""
        first = _first_taken(facts, held, before)
        op = self._call_at(function, first) if first is not None else None
        if op is None or lock_op(op.callee) is not None:
            return True
        declared = self.package.program.declared(op.callee)
        return all(holds_by_design(one) and not any(self._deferred_helpers(one)) for one in declared)

    def _is_one(
        self,
        path: ir.Value,
        function: ir.Function,
        first: ir.Span | None,
        then: ir.Span,
        written: ir.Value | None = None,
    ) -> bool:
        """Whether two locks of one path are one lock: getters give other objects for other keys.

        It is taken at `first`, and again at `then`, where a callee takes what the function would write as `written`.
        """
        if not has_foreign_keys(path, function):
            return True
        one = self._call_at(function, first) if first is not None else None
        other = self._call_at(function, then)
        if one is None or other is None:
            return False
        compare = Alike(one.at[0], other.at[0])
        taken, again = lock_op(one.callee), lock_op(other.callee)
        if taken is None:  # a helper has taken it
            return again is None and compare.same_call(one, other)
        lock = again.lock if again is not None else written
        return lock is not None and compare.same(taken.lock, lock)

    def _again(
        self,
        held: Held,
        taken: Held,
        function: ir.Function,
        at: ir.Span,
        path: ir.Value,
        steps: tuple[Step, ...],
        through: str,
        confidence: Confidence = Confidence.HIGH,
    ) -> Deadlock:
        kind = AGAIN
        if held.mode == SHARED:
            kind = UPGRADE if taken.mode == EXCLUSIVE else READ_AGAIN
        return Deadlock(kind, function, at, ir.text_of(path), self.guards[held.key], confidence, steps, through)

    def _waits(self, function: ir.Function, taken: LockFact) -> bool:
        """Whether a lock operation waits for the lock, and the lock is one that does not let its holder in again."""
        if not taken.takes or taken.lock.path is None or not self._plain(taken.lock.path):
            return False
        call = self._call_at(function, taken.at)
        # Helpers that take it are looked into: one that releases it before it takes it again does not wait.
        if call is None or self.package.program.declared(call.callee):
            return False
        name = call.callee.name if isinstance(call.callee, (ir.MethodRef, ir.Field)) else ""
        return not name.startswith("Try")

    def _plain(self, path: ir.Value) -> bool:
        """Whether a lock is a mutex as Go knows it, rather than something else with a method `Lock`."""
        named = self.world.named(path.type)
        if named is None:
            return False
        if named.package == "sync":
            return named.name in ("Mutex", "RWMutex")
        return self.world.declaration(named) is None and named.name in ("Mutex", "RWMutex")

    def _call_at(self, function: ir.Function, at: ir.Span) -> ir.Call | None:
        known = self._calls.get(function)
        if known is None:
            known = self._calls[function] = {}
            for op in self.package.index(function).ops(ir.Call):
                known[op.at[0]] = op
                known.setdefault(~op.at[1], op)
        return known.get(at[0]) if at[0] in known and known[at[0]].at == at else known.get(~at[1])

    def _called(self, function: ir.Function, facts: FunctionFacts, unseen: set[str]) -> Iterator[Deadlock]:
        for call in facts.calls:
            if call.spawn is not None or not any(held.key in self.guards for held in call.held):
                continue
            if not self._at_once(call):
                continue
            op = self._call_at(function, call.at)
            for taken in self._taken_by(call.callee):
                path = translate(taken.path, call)
                if path is None or self._decided(taken, call):
                    continue
                for held in call.held:
                    if (
                        held.path is None
                        or held.key not in self.guards.keys() - unseen
                        or ir.strip(held.path) != ir.strip(path)
                    ):
                        continue
                    if not stable(path, function) or not self._on_purpose(function, facts, held, call.at):
                        continue
                    first = _first_taken(facts, held, call.at)
                    if not self._is_one(path, function, first, call.at, _bound(op, call, taken.path)):
                        continue
                    steps = taken.steps
                    if first is not None:
                        steps = (Step(function, first, f"`{ir.text_of(path)}` is taken here"), *steps)
                    through = (
                        ir.text_of(op.callee) if op is not None and call.callee.parent is None else call.callee.name
                    )
                    again = Held(held.key, taken.mode, path)
                    yield self._again(held, again, function, call.at, path, steps, through)

    def _at_once(self, call: CallFact) -> bool:
        """Whether the callee certainly is this function, running before the call returns."""
        op = self._call_at(call.caller, call.at)
        if op is None:
            return False
        callee = op.callee
        if isinstance(callee, ir.MethodRef):
            under = self.world.underlying(self.world.deref(callee.base.type))
            if isinstance(under, Interface):
                return False
        if call.callee.parent is None:
            return self.package.program.declared(callee) == [call.callee]
        if isinstance(callee, ir.Local) and callee.variable.assignments == 1:
            # A field that a local variable was filled from may have held another function then.
            given = [ir.strip(one) for one in definitions(callee.variable) if one is not None]
            return any(isinstance(one, ir.Closure) and one.function is call.callee for one in given)
        if isinstance(callee, ir.Closure):
            return True
        declared = self.package.program.declared(callee)
        if declared:
            return len(declared) == 1 and _runs_argument(declared[0], op, call.callee)
        name = f"{callee.package}.{callee.name}" if isinstance(callee, ir.FunctionRef) else ""
        if isinstance(callee, ir.MethodRef) and callee.owner:
            name = f"{callee.owner}.{callee.name}"
        return name.startswith(_AT_ONCE)

    def _taken_by(self, function: ir.Function, depth: int = 0) -> list[_Take]:
        """The locks that a function takes while its caller's are still held."""
        known = self._takes.get(function)
        if known is not None:
            return known
        found: list[_Take] = []
        self._takes[function] = found
        facts = self.package.facts.get(function)
        if facts is None:
            return found
        gone = self._given_back(function)
        for taken in facts.lock_ops:
            if taken.at[0] > gone.get(taken.lock.key, taken.at[0]) or taken.deferred:
                continue
            if self._waits(function, taken):
                path = taken.lock.path
                if path is not None and stable(path, function):
                    says = f"`{ir.text_of(path)}` is taken again here, in {function.name}"
                    step = Step(function, taken.at, says)
                    depends, absent = deciding(function, taken.at), without(function, taken.at)
                    found.append(_Take(path, taken.lock.mode, (step,), depends, absent))
        if depth < _MAX_CHAIN:
            for call in facts.calls:
                if call.spawn is not None or not self._at_once(call):
                    continue
                for inner in list(self._taken_by(call.callee, depth + 1)):
                    path = translate(inner.path, call)
                    if path is None or len(inner.steps) >= _MAX_CHAIN or not stable(path, function):
                        continue
                    if self._decided(inner, call) or call.at[0] > gone.get(place_key(path) or "?", call.at[0]):
                        continue
                    step = Step(function, call.at, f"{function.name} calls {call.callee.name}")
                    if len(found) < _MAX_TAKES:
                        depends, absent = deciding(function, call.at), without(function, call.at)
                        for variable, value in call.arguments.items():  # what the callee's way depends on, passed on
                            if isinstance(value, ir.Local) and value.variable in function.params:
                                depends |= {value.variable} if variable in inner.depends else frozenset()
                                absent |= {value.variable} if variable in inner.optional else frozenset()
                        found.append(_Take(path, inner.mode, (step, *inner.steps), depends, absent))
        return found

    def _given_back(self, function: ir.Function) -> dict[str, int]:
        """The locks that a function releases for its caller, by key, with the offset where it does so first."""
        known = self._lets_go.get(function)
        if known is not None:
            return known
        found: dict[str, int] = {}
        self._lets_go[function] = found
        facts = self.package.facts.get(function)
        if facts is None:
            return found
        for op in facts.lock_ops:
            if not op.takes and all(held.key != op.lock.key for held in op.before):
                found[op.lock.key] = min(op.at[0], found.get(op.lock.key, op.at[0]))
        for call in facts.calls:
            if call.spawn is None:
                mine = {held.key for held in call.held}
                for key in self._given_back(call.callee):
                    if key not in mine:
                        found[key] = min(call.at[0], found.get(key, call.at[0]))
        return found

    @staticmethod
    def _decided(taken: _Take, call: CallFact) -> bool:
        """Whether the call itself says, by a constant or by options of its own, which way the callee goes.

        `s.get(key, alreadyLocked)`; `s.draw(&options{})`, which another call may give other options.
        """
        for variable in taken.depends:
            value = call.arguments.get(variable)
            if isinstance(value, (ir.Nil, ir.Closure)) and not (
                isinstance(value, ir.Nil) and variable in taken.optional
            ):
                return True
            if isinstance(value, ir.Constant) and value.text in ("true", "false"):
                return True
            if value is not None and _is_made_for_it(value, call.caller):
                return True
        # `get(ctx, s.key)` goes its own way where the callee asks `key == nil`.
        return any(
            isinstance(call.arguments.get(variable), (ir.Field, ir.Global, ir.New)) for variable in taken.optional
        )

    # --- deferred and repeated ----------------------------------------------------------------------------------------

    def _deferred_helpers(self, function: ir.Function) -> Iterator[Deadlock]:
        """`defer s.lock()` where `s.lock()()` is meant: the lock is taken at the end and never released."""
        assert function.body is not None
        for op in self.package.index(function).ops(ir.Call):
            if op.mode != "defer" or not isinstance(op.callee, (ir.MethodRef, ir.FunctionRef)):
                continue
            declared = self.package.program.declared(op.callee)
            facts = self.package.facts.get(declared[0]) if len(declared) == 1 else None
            if facts is None or not facts.acquires or len(declared[0].results) != 1:
                continue
            if not isinstance(self.world.underlying(declared[0].results[0].type), Func):
                continue
            for held in facts.acquires:
                if held.key in self.guards:
                    text = ir.text_of(held.path) if held.path is not None else held.key
                    step = Step(
                        declared[0],
                        declared[0].name_at,
                        f"{declared[0].name} takes `{text}` and returns what releases it",
                    )
                    yield Deadlock(
                        DEFERRED,
                        function,
                        op.at,
                        text,
                        self.guards[held.key],
                        Confidence.HIGH,
                        (step,),
                        ir.text_of(op.callee),
                    )

    def _in_loops(self, function: ir.Function) -> Iterator[Deadlock]:
        """A lock still held when the loop comes round to take it again."""
        assert function.body is not None
        index = self.package.index(function)
        if not index.ops(ir.Loop) and not index.ops(ir.Range):
            return
        for loop in ir.walk(function.body):
            if not isinstance(loop, (ir.Loop, ir.Range)):
                continue
            seen: list[ir.Value] = []
            for op in ir.walk(loop.body):
                if not isinstance(op, ir.Call) or op.mode != "call":
                    continue
                operation = lock_op(op.callee)
                if operation is None or not operation.takes or operation.tries or operation.mode != EXCLUSIVE:
                    continue
                lock = ir.strip(operation.lock)
                if lock in seen or not self._plain(lock) or _varies(lock, loop):
                    continue
                seen.append(lock)
                key = place_key(lock)
                if key not in self.guards or not stable(lock, function):
                    continue
                edge = _Round(lock, self).run(loop)
                if edge is None:
                    continue
                deferred = _deferred_release(loop.body, lock)
                if deferred is not None:
                    step = Step(function, op.at, "the next iteration waits here")
                    yield Deadlock(
                        LOOP, function, deferred.at, ir.text_of(lock), self.guards[key], Confidence.HIGH, (step,)
                    )
                else:
                    at = edge.at if isinstance(edge, ir.Jump) else op.at
                    steps = () if at == op.at else (Step(function, op.at, "the next iteration waits here"),)
                    yield Deadlock(CONTINUE, function, at, ir.text_of(lock), self.guards[key], Confidence.HIGH, steps)

    # --- left held ----------------------------------------------------------------------------------------------------

    def _left_held(self, function: ir.Function, facts: FunctionFacts, excused: Iterable[str]) -> Iterator[Deadlock]:
        if function.is_test or not facts.leaks or holds_by_design(function):
            return
        if function.body is not None and len(function.body.ops) == 1 and function.parent is None:
            return  # it does nothing but take the lock: `Disable` shuts all others out
        for held, at in facts.leaks:
            if held.path is None or held.key not in self.guards or held.key in self.handed_over:
                continue
            path = ir.strip(held.path)
            if held.key in self._given_back(function):  # the caller's, who gets it back
                continue
            if ir.text_of(path) in excused or not self._plain(path) or not stable(path, function):
                continue
            if self._released_outside(function, path) or _released_as_copy(function, path):
                continue
            taken = [op for op in facts.lock_ops if op.takes and op.lock.key == held.key]
            if not taken or any(op.deferred or not self._waits(function, op) for op in taken):
                continue
            released = any(not op.takes and op.lock.key == held.key for op in facts.lock_ops)
            if not released and self._unlocked_elsewhere(path):
                continue
            last = (
                max((op.at for op in taken if op.at[0] <= at[0] or at == function.body.at), default=taken[0].at)
                if function.body
                else at
            )
            whole = function.body is not None and at == function.body.at
            where = last if whole or not released else at
            steps = () if where == last else (Step(function, last, f"`{ir.text_of(path)}` is taken here"),)
            yield Deadlock(LEAK, function, where, ir.text_of(path), self.guards[held.key], Confidence.HIGH, steps)

    @staticmethod
    def _released_outside(literal: ir.Function, path: ir.Value) -> bool:
        """Whether a literal is deferred, and what was deferred before it, so that it runs later, releases the lock."""
        ops = literal.parent.body.ops if literal.parent is not None and literal.parent.body is not None else []
        deferred = [op for op in ops if isinstance(op, ir.Call) and op.mode == "defer"]
        own = [op for op in deferred if isinstance(op.callee, ir.Closure) and op.callee.function is literal]
        return bool(own) and any(op.at < own[0].at and _releases(op, path) for op in deferred)

    @staticmethod
    def _unlocked_elsewhere(path: ir.Value) -> bool:
        """Whether code outside of the package can release a lock: it is embedded or exported, or not a field at all."""
        return not isinstance(path, ir.Field) or path.name[:1].isupper()

    def _unlocks_as_values(self, functions: Iterable[ir.Function]) -> Iterator[str]:
        """The keys of locks whose `Unlock` is returned, stored or passed on, to be called later by whoever has it."""
        for function in functions:
            methods = self.package.index(function).inside(ir.MethodRef)
            for op in dict.fromkeys(op for op, method in methods if method.name in _RELEASES):
                for value in _handed(op):
                    for part in parts(value):
                        if isinstance(part, ir.MethodRef) and part.name in _RELEASES:
                            yield place_key(part.base) or "?"


def _runs_argument(function: ir.Function, call: ir.Call, closure: ir.Function) -> bool:
    """Whether a function itself calls the function literal that it is given, rather than keeping it for later."""
    given = {
        parameter
        for parameter, argument in zip(function.params, call.arguments, strict=False)
        if isinstance(argument, ir.Closure) and argument.function is closure
    }
    if function.body is None:
        return False
    return any(
        isinstance(op, ir.Call)
        and op.mode == "call"
        and isinstance(op.callee, ir.Local)
        and op.callee.variable in given
        for op in ir.walk(function.body)
    )


def _handed(op: ir.Op) -> tuple[ir.Value, ...]:
    if isinstance(op, ir.Return):
        return op.values
    if isinstance(op, ir.Call):
        return op.arguments
    if isinstance(op, ir.Assign):
        return () if op.value is None else (op.value,)
    return ()


def _guards(package: PackageFlow) -> dict[str, str]:
    """The locks that guard maps, as far as is known: lock key to the name of a map that the lock guards."""
    guards: dict[str, str] = {}
    guarded: set[str] = set()
    for place in package.places:
        if place.guard is not None:
            guards.setdefault(place.guard.key, place.name)
            guarded.add(place.key)
    for facts in package.facts.values():
        for access in facts.accesses:
            if not access.owned and access.key not in guarded and len(access.held) == 1:
                for held in access.held:
                    guards.setdefault(held.key, place_name(access.map))
    for facts in package.facts.values():
        for taken in facts.lock_ops:
            lock = taken.lock.path
            if taken.lock.key not in guards and isinstance(lock, ir.Field) and lock.owner:
                beside = _map_beside(lock, package.world)
                if beside:
                    guards[taken.lock.key] = beside
    return guards


def _map_beside(lock: ir.Field, world: World) -> str:
    """The first map in the struct whose only lock is this field; "" if there is none, or there are more locks."""
    struct = world.underlying(world.deref(lock.base.type))
    if not isinstance(struct, Struct) or sum(is_lock(one.type, world) for one in struct.fields) > 1:
        return ""
    for one in struct.fields:
        if world.map_type(one.type) is not None:
            return f"{lock.owner.rpartition('/')[2].partition('.')[2]}.{one.name}"
    return ""


def _first_taken(facts: FunctionFacts, held: Held, before: ir.Span) -> ir.Span | None:
    """Where a lock that is held at a point was taken last."""
    return max(
        (op.at for op in facts.lock_ops if op.takes and op.lock.key == held.key and op.at < before), default=None
    )


def _bound(op: ir.Call | None, call: CallFact, path: ir.Value) -> ir.Value | None:
    """A callee's access path as the caller would write it, in the words of the call itself."""
    start, callee = ir.root(path), call.callee
    if op is None or not isinstance(start, ir.Local):
        return path if isinstance(start, ir.Global) else None
    if start.variable is callee.receiver:
        return rebase(path, start, op.callee.base) if isinstance(op.callee, ir.MethodRef) else None
    given = dict(zip(callee.params, op.arguments, strict=False)).get(start.variable)
    # What a literal captures has the same name inside.
    return path if given is None else rebase(path, start, ir.strip(given))


def translate(path: ir.Value, call: CallFact) -> ir.Value | None:
    """A callee's access path in its caller's terms; None where it starts in something of the callee's own."""
    start = ir.root(path)
    if isinstance(start, ir.Global):
        return path
    if not isinstance(start, ir.Local):
        return None
    given = call.arguments.get(start.variable)
    if given is not None:
        return rebased(path, start, ir.strip(given), call.arguments)
    inside = start.variable.function
    own: ir.Function | None = call.callee
    while own is not None and own is not inside:
        own = own.parent
    return path if own is not None and own is not call.callee else None


def stable(path: ir.Value, function: ir.Function) -> bool:
    """Whether an access path denotes one object for as long as a call of the function lasts."""
    for part in parts(path):
        if isinstance(part, ir.Local):
            if part.variable.assignments > 1:
                return False
        elif isinstance(part, (ir.Opaque, ir.Receive)):
            return False
    inner = prefixes(path)[1:]
    inner = [part for part in inner if isinstance(part, (ir.Field, ir.Element, ir.Global))]
    if inner and function.body is not None:
        for op in ir.walk(function.body):
            if isinstance(op, ir.Assign) and ir.strip(op.target) in inner:
                return False
    return True


def deciding(function: ir.Function, at: ir.Span) -> frozenset[ir.Variable]:
    """The parameters whose value decides whether control arrives at a point of the function."""
    found: set[ir.Variable] = set()
    if function.body is None:
        return frozenset()
    for op in ir.walk(function.body):
        if isinstance(op, ir.If) and op.at[0] <= at[0]:
            encloses = op.at[0] <= at[0] < op.at[1]
            if encloses or any(isinstance(inner, (ir.Return, ir.Jump)) for inner in ir.walk(op.then)):
                for part in parts(op.condition):
                    if isinstance(part, ir.Local) and part.variable in function.params:
                        found.add(part.variable)
    return frozenset(found)


def without(function: ir.Function, at: ir.Span) -> frozenset[ir.Variable]:
    """The parameters that are nil where control arrives at a point of the function, by the conditions around it."""
    found: set[ir.Variable] = set()
    for op in ir.walk(function.body) if function.body is not None else ():
        if isinstance(op, ir.If) and op.at[0] <= at[0] < op.at[1]:
            compared = compared_with_nil(op.condition)
            if compared is not None:
                subject = ir.strip(compared[0])
                if compared[1] == (op.then.at[0] <= at[0] < op.then.at[1]) and isinstance(subject, ir.Local):
                    found.add(subject.variable)
    return frozenset(one for one in found if one in function.params)


def _is_made_for_it(value: ir.Value, caller: ir.Function) -> bool:
    """Whether what a call passes is a struct that its function has written down itself."""
    start = ir.strip(value)
    made = list(definitions(start.variable)) if isinstance(start, ir.Local) else [start]
    if isinstance(start, ir.Local) and (start.variable.kind != "local" or start.variable.function is not caller):
        return False
    return bool(made) and all(one is not None and isinstance(ir.strip(_pointee(one)), ir.Composite) for one in made)


def _pointee(value: ir.Value) -> ir.Value:
    bare = ir.strip(value)
    return bare.operand if isinstance(bare, ir.Unary) and bare.op == "&" else bare


def holds_by_design(function: ir.Function) -> bool:
    """Whether a function's name, comment or results say that it returns with a lock held."""
    outer: ir.Function | None = function
    while outer is not None:
        name = outer.short_name.lower()
        if any(word in name for word in _HOLDS_BY_NAME):
            return True
        comment = outer.doc.lower()
        if any(word in comment for word in _HOLDS_BY_COMMENT):
            return True
        outer = outer.parent
    return any(isinstance(result.type, Func) for result in function.results)


def _varies(lock: ir.Value, loop: ir.Loop | ir.Range) -> bool:
    """Whether a lock is another one in each iteration."""
    start, end = loop.at
    for part in parts(lock):
        if isinstance(part, ir.Local) and (start <= part.variable.at[0] < end or part.variable.assignments > 1):
            return True
        if isinstance(part, (ir.Item, ir.Result, ir.Opaque)):
            return True
    return False


def _deferred_release(body: ir.Block, lock: ir.Value) -> ir.Call | None:
    for op in ir.walk(body):
        if isinstance(op, ir.Call) and op.mode == "defer" and _releases(op, lock):
            return op
    return None


def _released_as_copy(function: ir.Function, lock: ir.Value) -> bool:
    """Whether a struct with a lock is stored once it is locked, and the copy released: `defer s.config.mu.Unlock()`."""
    through = prefixes(lock)[1:]
    if any(isinstance(part.type, Pointer) for part in through):
        return False
    ops = list(ir.walk(function.body)) if function.body is not None else []
    calls = [op for op in ops if isinstance(op, ir.Call)]
    taken = next((op.at for op in calls if (known := lock_op(op.callee)) and known.takes and known.lock == lock), None)
    for op in ops:
        if (
            isinstance(op, ir.Assign)
            and op.value is not None
            and op.value in through
            and taken is not None
            and taken < op.at
        ):
            copy = rebase(lock, op.value, ir.strip(op.target))
            later = [call for call in calls if call.mode == "defer" or call.at > op.at]
            if copy is not None and any(_releases(call, copy) for call in later):
                return True
    return False


def _releases(op: ir.Call, lock: ir.Value) -> bool:
    operation = lock_op(op.callee)
    if operation is not None:
        return not operation.takes and ir.strip(operation.lock) == lock
    if isinstance(op.callee, ir.Closure) and op.callee.function.body is not None:
        return any(isinstance(inner, ir.Call) and _releases(inner, lock) for inner in ir.walk(op.callee.function.body))
    return False


_FREE, _HELD, _MAYBE, _OUTSIDE = "free", "held", "maybe", "outside"


class _Round:
    """Follows one lock once round a loop: is it certainly held where the next iteration will take it?"""

    def __init__(self, lock: ir.Value, search: _Search) -> None:
        self.lock = lock
        self.search = search
        self.key = place_key(lock)
        self.taken_first = False
        self.edges: list[tuple[str, ir.Op]] = []
        self.targets: list[tuple[str, bool, list[str]]] = []
        self.unsure = False

    def run(self, loop: ir.Loop | ir.Range) -> ir.Op | None:
        """The jump (or the loop itself) that goes back to the head with the lock held; None if none certainly does."""
        self.loop = loop
        ended = self.block(loop.body, _OUTSIDE)
        if ended is not None:
            self.edges.append((ended, loop))
        if self.unsure or not self.taken_first:
            return None
        return next((op for status, op in self.edges if status == _HELD), None)

    def block(self, block: ir.Block, status: str | None) -> str | None:
        """The status behind a block; None where control does not arrive."""
        for op in block.ops:
            if status is None:
                return None
            status = self.op(op, status)
        return status

    def op(self, op: ir.Op, status: str) -> str | None:
        if isinstance(op, ir.Call):
            return self._call(op, status)
        if isinstance(op, ir.Return):
            return None
        if isinstance(op, ir.Jump):
            return self._jump(op, status)
        if isinstance(op, ir.If):
            return _meet([self.block(op.then, status), self.block(op.orelse, status)])
        if isinstance(op, ir.Block):
            return self._nested(op.label, False, [op], status)
        if isinstance(op, (ir.Loop, ir.Range)):
            after = self._nested(op.label, True, [op.body], status)
            endless = isinstance(op, ir.Loop) and op.condition is None
            return after if endless else _meet([after, status])
        if isinstance(op, (ir.Switch, ir.Select)):
            after = self._nested(op.label, False, [case.body for case in op.cases], status)
            if isinstance(op, ir.Switch) and not any(case.default for case in op.cases):
                return _meet([after, status])
            return after
        return status

    def _nested(self, label: str, loop: bool, blocks: list[ir.Block], status: str) -> str | None:
        breaks: list[str] = []
        self.targets.append((label, loop, breaks))
        ends = [self._ops(block, status) for block in blocks]
        self.targets.pop()
        return _meet([*ends, *breaks])

    def _ops(self, block: ir.Block, status: str) -> str | None:
        return self.block(block, status)

    def _jump(self, op: ir.Jump, status: str) -> str | None:
        if op.kind == "fallthrough":
            self.unsure = True
            return status
        if op.kind == "goto":
            self.unsure = True
            return None
        if op.kind not in ("break", "continue"):
            return None
        for label, loop, breaks in reversed(self.targets):
            if op.label:
                if label != op.label:
                    continue
            elif op.kind == "continue" and not loop:
                continue
            if op.kind == "break":
                breaks.append(status)
            return None
        if op.kind == "continue" and (not op.label or op.label == self.loop.label):
            self.edges.append((status, op))
        return None

    def _call(self, op: ir.Call, status: str) -> str:
        if op.mode == "defer":
            return status
        operation = lock_op(op.callee)
        if operation is not None and ir.strip(operation.lock) == self.lock:
            if operation.tries:
                self.unsure = True
            elif operation.takes:
                self.taken_first |= status == _OUTSIDE
                return _HELD
            elif status == _OUTSIDE:
                self.unsure = True
            return _FREE
        if isinstance(op.callee, (ir.Local, ir.Field, ir.Element, ir.Global)):  # may be `unlock()`
            return _MAYBE if status == _HELD else status
        if isinstance(op.callee, ir.Closure):
            return _FREE if _releases(op, self.lock) else status
        declared = self.search.package.program.declared(op.callee)
        for one in (*declared, *(a.function for a in op.arguments if isinstance(a, ir.Closure))):
            facts = self.search.package.facts.get(one)
            if facts is not None and self.key in facts.releases:
                return _MAYBE
        if not declared and any(word in ir.text_of(op.callee).lower() for word in ("unlock", "release")):
            return _MAYBE
        return status


def _meet(statuses: Iterable[str | None]) -> str | None:
    alive = {status for status in statuses if status is not None}
    if not alive:
        return None
    return alive.pop() if len(alive) == 1 else _MAYBE
