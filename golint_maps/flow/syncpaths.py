"""What is known along the paths of a function that uses a `sync.Map`: which lookups are still the newest word on their
key, which locks have been held since, which of them hit or missed, and which local variables carry their results.

One walk of the structured form; branches are followed separately and joined, loop bodies are walked once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, replace

from golint_maps.flow import ir
from golint_maps.flow.endings import ends_by_name
from golint_maps.flow.locks import EXCLUSIVE, held_of, lock_op
from golint_maps.flow.parts import captures, operands, parts
from golint_maps.flow.syncmaps import REMOVES, STORES, SyncCall, SyncMaps, same_key, variables_in
from golint_maps.flow.threads import HANDLER, INIT, MAIN, SPAWNED, TEST, Thread
from golint_maps.record import record
from golint_maps.types.model import Pointer

VALUE = "value"
OK = "ok"
SURE = "sure"  # the value of a lookup that has hit
MADE = "made"  # computed from the value of a lookup
TYPED = "typed"  # the ok of an assertion of the value: true only if the lookup has hit
_ENTRY = "?caller"
_KEYED = ("Lock", "Unlock")


@record(frozen=True, slots=True)
class Name:
    """What a variable may carry: `part` of what `call` gave, or, where `call` is None, anything else."""

    call: SyncCall | None
    part: str = ""


_OTHER = Name(None)


@record(frozen=True, slots=True)
class Point:
    """What is known just before an op.

    `held` are the keys of the locks held (those of readers not: several may hold them). `pending` are the lookups that
    reach this point with nothing newer on their key, each with the locks held ever since. `hit` tells of lookups
    whether they have found their key. `names` are the variables that carry results. `past` are the earlier ops on some
    path to here that concern a sync.Map or its values.
    """

    held: frozenset[str] = frozenset()
    pending: dict[SyncCall, frozenset[str]] = field(default_factory=dict)
    hit: dict[SyncCall, bool] = field(default_factory=dict)
    names: dict[ir.Variable, frozenset[Name]] = field(default_factory=dict)
    past: frozenset[ir.Op] = frozenset()
    dead: bool = False

    def carried(self, value: ir.Value, part: str = VALUE) -> list[SyncCall]:
        """The lookups whose value (or ok) this value may be, behind assertions, `&`, `*` and conversions."""
        bare = ir.strip(value)
        if isinstance(bare, ir.Local):
            wanted = (part, SURE) if part == VALUE else (part,)
            return [name.call for name in self.names.get(bare.variable, ()) if name.call and name.part in wanted]
        return []


@record(frozen=True, slots=True)
class Step:
    """An op, and what is known just before it. `branches` are the enclosing conditions, outermost first."""

    op: ir.Op
    point: Point
    branches: tuple[ir.Op, ...] = ()


def _join(points: Iterable[Point]) -> Point:
    alive = [point for point in points if not point.dead]
    if not alive:
        return Point(dead=True)
    if len(alive) == 1:
        return alive[0]
    held, past = alive[0].held, alive[0].past
    pending: dict[SyncCall, frozenset[str]] = {}
    names: dict[ir.Variable, frozenset[Name]] = {}
    for point in alive:
        held &= point.held
        past |= point.past
        for call, locks in point.pending.items():
            pending[call] = pending[call] & locks if call in pending else locks
    hit = {call: known for call, known in alive[0].hit.items() if all(point.hit.get(call) is known for point in alive)}
    for variable in {variable for point in alive for variable in point.names}:
        union: set[Name] = set()
        for point in alive:
            for name in point.names.get(variable, (_OTHER,)):
                sure = name.part == VALUE and name.call is not None and point.hit.get(name.call) is True
                union.add(Name(name.call, SURE) if sure and name.call not in hit else name)
        names[variable] = frozenset(union)
    return Point(held, pending, hit, names, past)


@record(slots=True)
class _Target:
    label: str
    loop: bool
    plain: bool = False
    breaks: list[Point] = field(default_factory=list)


class _Walk:
    def __init__(self, function: ir.Function, maps: SyncMaps) -> None:
        self.function = function
        self.maps = maps
        self.steps: list[Step] = []
        self.targets: list[_Target] = []
        self.branches: list[ir.Op] = []
        self.guards = _short_circuits(function)

    def block(self, block: ir.Block, point: Point) -> Point:
        for op in block.ops:
            if point.dead:
                break
            self.steps.append(Step(op, self._guarded(op, point), tuple(self.branches)))
            point = self.op(op, point)
        return point

    def _guarded(self, op: ir.Op, point: Point) -> Point:
        """What the right side of `&&` and `||` may rely on; its calls are ops of their own, ahead of the condition."""
        for (start, end), condition, truth in self.guards:
            if start <= op.at[0] and op.at[1] <= end:
                point = self.assume(condition, truth, point)
        return point

    def op(self, op: ir.Op, point: Point) -> Point:
        if any(self._concerns(value, point) for value in operands(op)) or op in self.maps.by_op:
            point = replace(point, past=point.past | {op})
        if isinstance(op, ir.Call):
            return self._call(op, point)
        if isinstance(op, ir.Assign):
            return self._assign(op, point)
        if isinstance(op, (ir.Return, ir.Jump)):
            return self._leave(op, point)
        return self._structure(op, point)

    @staticmethod
    def _concerns(value: ir.Value, point: Point) -> bool:
        return any(isinstance(part, ir.Local) and part.variable in point.names for part in parts(value))

    def _structure(self, op: ir.Op, point: Point) -> Point:
        if isinstance(op, ir.Block):
            return self._targeted(op, op, point, op.label, loop=False)
        self.branches.append(op)
        try:
            if isinstance(op, ir.If):
                then = self.block(op.then, self.assume(op.condition, True, point))
                return _join([then, self.block(op.orelse, self.assume(op.condition, False, point))])
            if isinstance(op, ir.Loop):
                return self._loop(op, point)
            if isinstance(op, ir.Range):
                for target in (op.key, op.value):
                    if isinstance(target, ir.Local):
                        point = self._rebound(target.variable, None, point)
                return _join([point, self._targeted(op, op.body, point, op.label)])
            if isinstance(op, (ir.Switch, ir.Select)):
                return self._cases(op, point)
        finally:
            self.branches.pop()
        return point

    def _targeted(self, op: ir.Op, block: ir.Block, point: Point, label: str, loop: bool = True) -> Point:
        target = _Target(label, loop, plain=isinstance(op, ir.Block))
        self.targets.append(target)
        end = self.block(block, point)
        self.targets.pop()
        return _join([end, *target.breaks])

    def _loop(self, op: ir.Loop, point: Point) -> Point:
        point = self.block(op.head, point)
        target = _Target(op.label, True)
        self.targets.append(target)
        inside = point if op.condition is None else self.assume(op.condition, True, point)
        end = self.block(op.post, self.block(op.body, inside))
        self.targets.pop()
        exits = [] if op.condition is None else [self.assume(op.condition, False, point), end]
        return _join([*exits, *target.breaks])

    def _cases(self, op: ir.Switch | ir.Select, point: Point) -> Point:
        target = _Target(op.label, False)
        self.targets.append(target)
        ends: list[Point] = []
        default: ir.Case | None = None
        for case in op.cases:
            if case.default:
                default = case
                continue
            inside = self.block(case.head, point)
            if isinstance(op, ir.Switch) and op.subject is None and len(case.values) == 1:
                ends.append(self.block(case.body, self.assume(case.values[0], True, inside)))
                point = self.assume(case.values[0], False, point)
                continue
            if isinstance(op, ir.Switch) and op.subject is not None and self._is_type_switch(case):
                inside = self._typed(op.subject, case, inside)
            ends.append(self.block(case.body, inside))
        if default is not None:
            ends.append(self.block(default.body, self.block(default.head, point)))
        elif isinstance(op, ir.Switch):
            ends.append(point)
        self.targets.pop()
        return _join([*ends, *target.breaks])

    @staticmethod
    def _is_type_switch(case: ir.Case) -> bool:
        return any(type(value).__name__ == "TypeName" for value in case.values)

    def _typed(self, subject: ir.Value, case: ir.Case, point: Point) -> Point:
        """In a case of a type switch, nil has been ruled out."""
        calls = point.carried(subject)
        return replace(point, hit={**point.hit, **dict.fromkeys(calls, True)}) if len(calls) == 1 else point

    def _leave(self, op: ir.Return | ir.Jump, point: Point) -> Point:
        if isinstance(op, ir.Jump) and op.kind == "break":
            for target in reversed(self.targets):
                if target.label == op.label if op.label else not target.plain:
                    target.breaks.append(point)
                    break
        if isinstance(op, ir.Jump) and op.kind == "fallthrough":
            return point
        return Point(dead=True)

    # --- conditions ---------------------------------------------------------------------------------------------------

    def assume(self, condition: ir.Value, truth: bool, point: Point) -> Point:
        """What a condition's outcome says about the lookups."""
        if isinstance(condition, ir.Unary) and condition.op == "!":
            return self.assume(condition.operand, not truth, point)
        if isinstance(condition, ir.Binary):
            if condition.op == ("&&" if truth else "||"):
                return self.assume(condition.right, truth, self.assume(condition.left, truth, point))
            if condition.op in ("==", "!="):
                return self._compared(condition, truth, point)
            return point
        hit = dict.fromkeys(self._outcome(condition, truth, point), truth)
        return replace(point, hit={**point.hit, **hit}) if hit else point

    def _compared(self, condition: ir.Binary, truth: bool, point: Point) -> Point:
        same = (condition.op == "==") is truth
        left, right = condition.left, condition.right
        if isinstance(left, ir.Nil) or ir.text_of(left) in ("true", "false"):
            left, right = right, left
        if ir.text_of(right) in ("true", "false"):
            return self.assume(left, same is (ir.text_of(right) == "true"), point)
        calls = list(dict.fromkeys(point.carried(left)))
        if len(calls) == 1 and isinstance(right, ir.Nil):
            return replace(point, hit={**point.hit, calls[0]: not same})
        if len(calls) == 1 and same and not isinstance(right, ir.Local):
            return replace(point, hit={**point.hit, calls[0]: True})
        return point

    def _outcome(self, condition: ir.Value, truth: bool, point: Point) -> list[SyncCall]:
        """The lookups that a condition is the `ok` of, one of them being the latest."""
        if isinstance(condition, ir.Result):
            call = self.maps.by_op.get(condition.call)
            if call is not None and call.ok == condition.index and call.old is None:
                return [call]
        if isinstance(condition, ir.Found) and truth:
            return point.carried(condition.subject)
        if isinstance(condition, ir.Local):
            known = point.names.get(condition.variable, frozenset())
            if all(name.part == OK or (name.part == TYPED and truth) for name in known):
                return [name.call for name in known if name.call is not None]
        return []

    # --- assignments --------------------------------------------------------------------------------------------------

    def _assign(self, op: ir.Assign, point: Point) -> Point:
        if isinstance(op.target, ir.Local):
            return self._rebound(op.target.variable, op.value, point)
        start = ir.root(op.target)
        made = self._made_of(op.value, point) if op.value is not None else frozenset()
        if made and isinstance(start, ir.Local):
            known = point.names.get(start.variable, frozenset())
            if isinstance(start.variable.type, Pointer):
                made -= {
                    Name(one.call, MADE) for one in known
                }  # what it points to is changed, which is no other object
            return replace(point, names={**point.names, start.variable: known | made})
        return point

    @staticmethod
    def _made_of(value: ir.Value, point: Point) -> frozenset[Name]:
        """The lookups whose values take part in a computation."""
        parts_of = {name for variable in variables_in(value) for name in point.names.get(variable, ())}
        return frozenset(Name(one.call, MADE) for one in parts_of if one.part in (VALUE, SURE, MADE))

    def _rebound(self, variable: ir.Variable, value: ir.Value | None, point: Point) -> Point:
        carried = self._carries(value, point) if value is not None else frozenset()
        names = {one: known for one, known in point.names.items() if one is not variable}
        if carried:
            names[variable] = carried
        pending = point.pending
        stale = [c for c in pending if not self._carried_by(variable, c, value) and self._mentions(c, variable)]
        if stale:
            pending = {call: locks for call, locks in pending.items() if call not in stale}
        return replace(point, names=names, pending=pending)

    @staticmethod
    def _carried_by(variable: ir.Variable, call: SyncCall, value: ir.Value | None) -> bool:
        return isinstance(value, ir.Result) and value.call is call.op

    @staticmethod
    def _mentions(call: SyncCall, variable: ir.Variable) -> bool:
        return any(variable in variables_in(one) for one in (call.map, call.key) if one is not None)

    def _carries(self, value: ir.Value, point: Point) -> frozenset[Name]:
        if isinstance(value, ir.Found):
            calls = point.carried(value.subject) if isinstance(value.subject, ir.Assertion) else []
            return frozenset(Name(call, TYPED) for call in calls)
        bare = ir.strip(value)
        if isinstance(bare, ir.Local):
            return point.names.get(bare.variable, frozenset())
        if isinstance(bare, ir.Result):
            call = self.maps.by_op.get(bare.call)
            if call is not None:
                if bare.index == call.ok and call.result != call.ok:
                    return frozenset((Name(call, OK),))
                if bare.index == call.result:
                    return frozenset((Name(call, VALUE),))
                return frozenset()
        return self._made_of(value, point)

    # --- calls --------------------------------------------------------------------------------------------------------

    def _call(self, op: ir.Call, point: Point) -> Point:
        if op.mode != "call":
            return point
        call = self.maps.by_op.get(op)
        if call is not None:
            return self._touch(call, point)
        operation = lock_op(op.callee)
        if operation is not None and operation.mode == EXCLUSIVE:
            key = held_of(self.maps.resolve(operation.lock), operation.mode).key
            return self._locked(point, {key}, set()) if operation.takes else self._locked(point, set(), {key})
        keyed = self._keyed(op)
        if keyed is not None:
            return self._locked(point, *keyed)
        takes: set[str] = set()
        releases: set[str] = set()
        declared = self.maps.package.program.declared(op.callee)
        if ends_by_name(op.callee, bool(declared)):
            return Point(dead=True)
        if declared and all(self._never_returns(function) for function in declared):
            return Point(dead=True)
        for function in declared:
            facts = self.maps.package.facts.get(function)
            if facts is not None:
                takes |= {held.key for held in facts.acquires if held.mode == EXCLUSIVE}
                releases |= facts.releases
        return self._locked(point, takes, releases) if takes or releases else point

    @staticmethod
    def _keyed(op: ir.Call) -> tuple[set[str], set[str]] | None:
        """What a lock of its own for each key takes and releases (`locks.LockKey(id)`), by its name; None for other calls."""
        callee = op.callee
        if not isinstance(callee, (ir.MethodRef, ir.Field)) or not op.arguments:
            return None
        verb = next((one for one in _KEYED if callee.name.startswith(one)), "")
        if not verb or not (callee.name == verb or callee.name.removeprefix(verb)[:1].isupper()):
            return None
        key = {f"?{ir.text_of(callee.base)}[{', '.join(map(ir.text_of, op.arguments))}]"}
        return (key, set()) if verb == "Lock" else (set(), key)

    def _never_returns(self, function: ir.Function) -> bool:
        facts = self.maps.package.facts.get(function)
        return facts is not None and facts.terminates

    @staticmethod
    def _locked(point: Point, takes: set[str], releases: set[str]) -> Point:
        pending = {call: locks - releases for call, locks in point.pending.items()} if releases else point.pending
        return replace(point, held=(point.held - releases) | takes, pending=pending)

    def _touch(self, call: SyncCall, point: Point) -> Point:
        pending = point.pending
        if call.method == "Clear":
            pending = {one: locks for one, locks in pending.items() if one.map != call.map}
        elif call.key is not None:
            pending = {one: locks for one, locks in pending.items() if not concerns_same(one, call)}
        hit = {one: known for one, known in point.hit.items() if one is not call}
        if call.method in ("Load", "LoadOrStore"):
            pending = {**pending, call: point.held}
        return replace(point, pending=pending, hit=hit)


def _short_circuits(function: ir.Function) -> list[tuple[ir.Span, ir.Value, bool]]:
    """The right sides of `&&` and `||`, each with the left side and its outcome when the right one runs."""
    found: list[tuple[ir.Span, ir.Value, bool]] = []
    for op in ir.walk(function.body) if function.body is not None else ():
        for value in operands(op):
            for part in parts(value):
                if isinstance(part, ir.Binary) and part.op in ("&&", "||"):
                    found.append((part.right.at, part.left, part.op == "&&"))
    return found


def assume(condition: ir.Value, truth: bool, point: Point, function: ir.Function, maps: SyncMaps) -> Point:
    """What is known after a condition of a function turned out true or false."""
    return _Walk(function, maps).assume(condition, truth, point)


def concerns_same(one: SyncCall, other: SyncCall) -> bool:
    """Whether two calls are about the same key of the same map, as far as one function can tell."""
    if one.key is None or other.key is None:
        return False
    return one.map == other.map and same_key(one.key, other.key)


def steps(function: ir.Function, maps: SyncMaps) -> list[Step]:
    """The ops of a function (its closures' not included) in source order, each with what is known just before it."""
    known: list[Step] | None = maps.steps.get(function)
    if known is None:
        walk = _Walk(function, maps)
        if function.body is not None:
            held = frozenset({_ENTRY}) if called_under_lock(function, maps) else frozenset[str]()
            walk.block(function.body, Point(held, names=_given(function, maps)))
        known = maps.steps[function] = walk.steps
    return known


def _given(function: ir.Function, maps: SyncMaps) -> dict[ir.Variable, frozenset[Name]]:
    """What the parameters of a `Range` callback carry."""
    for call in maps.by_function.get(function.parent, ()) if function.parent is not None else ():
        callback = call.callback
        if isinstance(callback, ir.Closure) and callback.function is function and len(function.params) == 2:
            return {function.params[1]: frozenset({Name(call, SURE)})}
    return {}


def called_under_lock(function: ir.Function, maps: SyncMaps) -> bool:
    """Whether the callers of a function always hold some lock, or its name or comment says that they do."""
    if function.short_name.lower().endswith("locked"):
        return True
    if function.parent is not None and (_range_under_lock(function, maps) or _is_single_flight(function, maps)):
        return True
    doc = function.doc.lower()
    if any(words in doc for words in ("must hold", "must be held", "should be held", "lock is held", "lock held")):
        return True
    contexts = maps.package.contexts.get(function)
    return bool(contexts) and all(any(one.mode == EXCLUSIVE for one in c.held) for c in contexts or ())


def _is_single_flight(function: ir.Function, maps: SyncMaps) -> bool:
    """Whether a literal is what a `singleflight.Group` runs: one at a time for each key."""
    parent = function.parent
    for op in ir.walk(parent.body) if parent is not None and parent.body is not None else ():
        callee = op.callee if isinstance(op, ir.Call) else None
        if isinstance(op, ir.Call) and isinstance(callee, (ir.MethodRef, ir.Field)) and callee.name in ("Do", "DoChan"):
            given = (ir.strip(argument) for argument in op.arguments)
            if any(isinstance(one, ir.Closure) and one.function is function for one in given):
                type_ = maps.package.world.named(callee.base.type)
                return type_ is not None and type_.qualified.endswith("singleflight.Group")
    return False


def _range_under_lock(function: ir.Function, maps: SyncMaps) -> bool:
    """Whether a function literal is the callback of a `Range` that runs with a lock held."""
    assert function.parent is not None
    for step in steps(function.parent, maps):
        call = maps.by_op.get(step.op) if isinstance(step.op, ir.Call) else None
        if call is not None and isinstance(call.callback, ir.Closure) and call.callback.function is function:
            return bool(step.point.held)
    return False


def alone(function: ir.Function, maps: SyncMaps) -> bool:
    """Whether a function only runs before any goroutine has been started, as far as the package shows."""
    contexts = maps.package.contexts.get(function)
    if not contexts:
        return False
    return all(one.thread.kind in (INIT, MAIN, TEST) and not one.live for one in contexts) and not _starts(
        function, maps
    )


def on_one_goroutine(functions: Iterable[ir.Function], maps: SyncMaps) -> bool:
    """Whether functions only run on one and the same goroutine that the package starts, of which there is one at a time."""
    threads: set[Thread] = set()
    for function in functions:
        contexts = maps.package.contexts.get(function)
        if not contexts:
            return False
        threads.update(one.thread for one in contexts)
    return len(threads) == 1 and all(one.kind == SPAWNED and not one.many and not one.parallel for one in threads)


def in_parallel(functions: Iterable[ir.Function], maps: SyncMaps) -> bool:
    """Whether the package itself shows that functions run on several goroutines at a time."""
    threads = {one.thread for function in functions for one in maps.package.contexts.get(function, ())}
    shown = {one for one in threads if one.kind in (SPAWNED, HANDLER)}
    return len(threads) > 1 if shown and not any(one.many for one in shown) else bool(shown)


def _starts(function: ir.Function, maps: SyncMaps) -> bool:
    for one in ir.with_literals(function):
        facts = maps.package.facts.get(one)
        if facts is not None and any(call.spawn is not None for call in facts.calls):
            return True
        if one.body is not None and any(isinstance(op, ir.Call) and op.mode == "go" for op in ir.walk(one.body)):
            return True
    return False


def private(call: SyncCall, maps: SyncMaps) -> bool:
    """Whether the map of a call is a local variable that no other goroutine can reach."""
    start = ir.root(call.map)
    if not isinstance(start, ir.Local) or start.variable.kind != "local":
        return False
    return private_place(start.variable, maps)


def uncaptured(call: SyncCall, maps: SyncMaps) -> bool:
    """Whether the map of a call is private, and function literals use it in callbacks of `Range` at most."""
    start = ir.root(call.map)
    if not isinstance(start, ir.Local) or not private(call, maps):
        return False
    return not any(
        captures(one, start.variable) and not _is_range_callback(one, maps)
        for one in ir.with_literals(start.variable.function)
        if one is not start.variable.function
    )


def _is_range_callback(function: ir.Function, maps: SyncMaps) -> bool:
    calls = maps.by_function.get(function.parent, ()) if function.parent is not None else ()
    return any(isinstance(call.callback, ir.Closure) and call.callback.function is function for call in calls)


def private_place(variable: ir.Variable, maps: SyncMaps) -> bool:
    """Whether what a local variable holds was made here and is given to nobody."""
    return variable.kind == "local" and not _leaks(variable, maps)


def locked(call: SyncCall, maps: SyncMaps) -> bool:
    """Whether some lock is held at a call."""
    return any(step.op is call.op and bool(step.point.held) for step in steps(call.function, maps))


def _leaks(variable: ir.Variable, maps: SyncMaps) -> bool:
    if any(not _made_here(value) for value in maps.definitions.get(variable, ())):
        return True
    for function in ir.with_literals(variable.function):
        inside = function is not variable.function
        for op in ir.walk(function.body) if function.body is not None else ():
            for value in operands(op):
                if _hands_out(op, value, variable):
                    return True
                if inside and _mentions(value, variable) and not _runs_here(function, variable.function, maps):
                    return True
    return False


def _made_here(value: ir.Value | None) -> bool:
    return value is None or isinstance(ir.strip(value), (ir.Composite, ir.New))


def _mentions(value: ir.Value, variable: ir.Variable) -> bool:
    return any(isinstance(part, ir.Local) and part.variable is variable for part in parts(value))


def _hands_out(op: ir.Op, value: ir.Value, variable: ir.Variable) -> bool:
    """Whether an op gives a variable away, other than by calling a method of it or defining it."""
    if isinstance(op, ir.Assign) and op.target is value:
        return False
    if isinstance(op, ir.Call) and value is op.callee and isinstance(value, ir.MethodRef):
        return op.mode == "go" and _mentions(value, variable)
    bare = ir.strip(value)
    if isinstance(bare, ir.MethodRef):
        bare = ir.strip(bare.base)
    inner = [bare, *(part for part in parts(bare) if isinstance(part, ir.Composite))]
    return any(_names_it(one, variable) for one in inner) or any(
        isinstance(part, ir.Composite) and any(_mentions(entry, variable) for _, entry in part.entries)
        for part in inner
    )


def _names_it(value: ir.Value, variable: ir.Variable) -> bool:
    start = ir.root(value)
    return isinstance(start, ir.Local) and start.variable is variable


def _runs_here(function: ir.Function, outer: ir.Function, maps: SyncMaps) -> bool:
    """Whether a function literal is only called on the goroutine of the function around it."""
    while function is not outer:
        parent = function.parent
        if parent is None:
            return False
        calls = [call for facts in maps.package.facts.values() for call in facts.calls if call.callee is function]
        if not _is_range_callback(function, maps) and (not calls or any(call.spawn is not None for call in calls)):
            return False
        function = parent
    return True


def removes(call: SyncCall) -> bool:
    """Whether a call may take an entry away."""
    return call.method in REMOVES


def stores(call: SyncCall) -> bool:
    """Whether a call may put a value in."""
    return call.method in STORES
