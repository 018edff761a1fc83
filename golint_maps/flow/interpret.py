"""Abstract interpretation of one function: which places it touches, holding which locks, after which spawns.

The state at a point of the code is the set of locks certainly held, what local variables alias, which objects are still
private, and which goroutines started here may still run. Branches are followed separately and joined (intersection of
locks, union of live goroutines); a loop body is entered with the join of its entry and its back edge. Callees are known by
their summaries (`FunctionFacts`), which is why functions are interpreted callees first. The idea follows RacerD's
compositional analysis (Blackshear et al., OOPSLA 2018) with named locks in place of its lock counter.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from golint_maps.flow import hidden, ir, models
from golint_maps.flow.facts import AccessFact, CallFact, FunctionFacts, LockFact, Spawn
from golint_maps.flow.locks import EXCLUSIVE, ONCE_BODY, ONCE_DONE, Held, LockOp, has_lock, held_of, is_copy, lock_op
from golint_maps.flow.outward import Outward, translate
from golint_maps.flow.places import is_entry, is_picked, keys_of, place_key, prefixes, rebase
from golint_maps.flow.program import Program, captured_variables, is_one_slot, leaves, qualified_name
from golint_maps.flow.state import State, Target, join, slot_for
from golint_maps.types.declarations import Started
from golint_maps.types.model import Array, Basic, Chan, Func, Map, Named, Pointer, Struct, Type, qualified_name_of
from golint_maps.types.starting import STARTING_NAMES

# Goroutines that may still run, of those that one function starts; more are not followed.
_MAX_LIVE = 200
# Loops nested deeper than this are entered once only: each level doubles the work.
_MAX_LOOP_DEPTH = 3
_MAX_RESOLVE = 12
# Goroutines that a call may leave behind, and the signals by which one of them is known to end.
_MAX_RUNNING = 6
_MAX_SIGNALS = 12
# Objects that become shared with one value.
_MAX_SHARED = 200
# Accesses to a parameter's map that a summary passes on to callers.
_MAX_HANDED = 24

_FUNCTIONS = (ir.Closure, ir.MethodRef, ir.FunctionRef)
_MADE = (ir.Composite, ir.Make, ir.New)


# What takes the place of a weighted semaphore, and what gives it back.
_SEMAPHORE = {"Acquire": True, "Release": False}


class Interpreter:
    """Interprets one function (its closures where they are made) and fills its facts into the program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.world = program.world
        self.function = ir.Function("", program.package, "", ir.NOWHERE, ir.NOWHERE)
        self.facts = FunctionFacts(self.function)
        self.targets: list[Target] = []
        self.exits: list[tuple[State, tuple[ir.Value, ...]]] = []
        self.loop_depth = 0
        self.loops: list[ir.Span] = []
        self.recording = True
        self.order = 0
        self.escaping: set[ir.Variable] = set()
        # What tells others that the function ends, each with the number of the last access before.
        self.signals: dict[ir.Value, int] = {}
        self.joins: set[ir.Value] = set()
        self.replaced: set[ir.Value] = set()
        # Closures whose facts are final: each is interpreted once for the record, where it is made or first run.
        self._recorded: set[ir.Function] = set()
        # The spawns whose function literal is being interpreted, innermost last.
        self.spawned_by: list[Spawn] = []
        self.selecting = False
        # Struct literals that are being looked at as they leave.
        self.leaving: list[ir.Value] = []
        # Local slices and maps with what was put into them, by where that is mentioned.
        self._gathered: dict[ir.Variable, set[ir.Span]] = {}
        # The `go` statements that a flag lets run one at a time.
        self._flagged: set[tuple[str, int]] = set()
        self._captures: dict[ir.Function, set[ir.Variable]] = {}
        # What the paths of callees mean in the declared function at hand, by the arguments that decide about it.
        self._meant: dict[tuple[object, ...], frozenset[ir.Value]] = {}

    def run(self, function: ir.Function) -> FunctionFacts:
        """Interpret a declared function with nothing known about its caller."""
        self._meant.clear()
        self._gathered.clear()
        return self._enter(function, State())

    def interpreted(self, function: ir.Function) -> Iterator[ir.Function]:
        """The literals inside a function whose facts are final."""
        return (one for one in ir.with_literals(function) if one in self._recorded)

    def skip(self, literals: Iterable[ir.Function]) -> None:
        """The facts of some literals are final, without having been interpreted here."""
        self._recorded.update(literals)

    def _enter(self, function: ir.Function, state: State) -> FunctionFacts:
        saved = (
            self.function,
            self.facts,
            self.targets,
            self.exits,
            self.loop_depth,
            self.loops,
            self.escaping,
            self.signals,
            self.joins,
            self.replaced,
        )
        self.function = function
        self.facts = self.program.facts[function] = FunctionFacts(function)
        self.targets, self.exits, self.loop_depth, self.loops = [], [], 0, []
        self.escaping, self.signals, self.joins, self.replaced = set(), {}, set(), set()
        try:
            if function.body is not None:
                final = self.block(function.body, state)
                if not final.dead:
                    self._leave(final, (), function.body.at)
                self._summarise()
            return self.facts
        finally:
            (
                self.function,
                self.facts,
                self.targets,
                self.exits,
                self.loop_depth,
                self.loops,
                self.escaping,
                self.signals,
                self.joins,
                self.replaced,
            ) = saved

    def _leave(self, state: State, values: tuple[ir.Value, ...], at: ir.Span) -> None:
        """Control leaves the function: deferred calls run last to first, then the state is one of its exits."""
        state = state.copy()
        while state.deferred:
            call, state.deferred = state.deferred[-1], state.deferred[:-1]
            self.call(call, state, deferred=True)
            state.dead = False
        for held in state.held.values():
            if self.recording and not held.once:
                self.facts.leaks.append((held, at))
        self.exits.append((state, values))

    def _summarise(self) -> None:
        facts = self.facts
        facts.escapes = frozenset(self.escaping)
        facts.signals = Outward(self.signals)
        facts.ends = Outward(one for one, order in self.signals.items() if order >= self.order)
        facts.joins = Outward(self.joins)
        facts.replaces = Outward(self.replaced)
        facts.terminates = not self.exits
        facts.handed = self._handed()
        told = min(self.signals.values(), default=-1)
        if told >= 0:  # whoever waits for it waits for what was before the last signal
            last = max(self.signals.values())
            for access in facts.accesses:
                access.late = access.order > last
        if not self.exits:
            return
        final = join(state for state, _ in self.exits)
        # A function that takes a lock and may fail keeps it only where it returns no error.
        fails = bool(self.function.results) and self.function.results[-1].type == Basic("error")
        succeeded = [state for state, values in self.exits if values and _may_be_success(values)] if fails else []
        kept = succeeded or [state for state, _ in self.exits]
        facts.acquires = frozenset(join(kept).held.values())
        for parameter in self.function.params:
            if parameter.type == Basic("bool") and any(self._knows(parameter, state) for state in kept):
                for truth in (True, False):
                    way = join(state for state in kept if (parameter, not truth) not in state.assumed)
                    facts.acquires_if[parameter, truth] = frozenset(way.held.values()) - facts.acquires
        facts.releases = final.dropped
        facts.waited, facts.received = final.waited, final.received
        running = self._widen(final.live)
        started = {call.spawn.identity for call in facts.calls if call.spawn is not None}
        facts.awaited = frozenset(started - {spawn.identity for spawn in running})
        # A function that leaves this many behind is a program's main loop: its callers start nothing after it.
        facts.running = running if len(running) <= _MAX_RUNNING else frozenset()
        count = max(len(values) for _, values in self.exits)
        returns: list[ir.Value | None] = []
        fresh: set[int] = set()
        makes: set[int] = set()
        for index in range(count):
            given = [(state, values[index]) for state, values in self.exits if index < len(values)]
            given = [(state, value) for state, value in given if not isinstance(ir.strip(value), ir.Nil)]
            bare = [ir.strip(value) for _, value in given]
            same = bool(bare) and all(one == bare[0] for one in bare)
            # A parameter that holds its struct by value may have been changed: what is returned is another object.
            whole = (
                same
                and isinstance(bare[0], ir.Local)
                and bare[0].variable.kind in ("param", "receiver")
                and isinstance(self.world.underlying(bare[0].type), Struct)
            )
            # An object made here is another one at each call, though it was put into a place before.
            new = bool(given) and all(one in state.given for (state, _), one in zip(given, bare, strict=True))
            returns.append(bare[0] if same and not whole and not new else None)
            if given and all(self._private(value, state) for state, value in given):
                fresh.add(index)
            # A field that holds the newest one is no way to the others.
            latest = new and all(isinstance(one, ir.Field) for one in bare)
            if latest or (given and all(self._makes(value, state) for state, value in given)):
                makes.add(index)
        facts.returns = tuple(returns)
        facts.makes = frozenset(makes)
        facts.fresh = frozenset(fresh)

    # --- values -------------------------------------------------------------------------------------------------------

    def resolve(self, value: ir.Value, state: State, depth: int = 0) -> ir.Value:
        """The access path behind local aliases: `p.members` is `s.rooms[id].members` after `p := s.rooms[id]`."""
        if depth > _MAX_RESOLVE:
            return value
        kind = type(value)
        if kind is ir.Local:
            variable = value.variable  # type: ignore[attr-defined]
            known = state.env.get(variable)
            if known is None or self._names_itself(variable, known) or state.has_own(variable):
                return value
            return known
        if kind in _RESOLVED:
            return value
        if isinstance(value, (ir.Unary, ir.Conversion, ir.Assertion)):
            if isinstance(value, ir.Unary) and value.op not in "&*":
                return value
            return self.resolve(value.operand, state, depth + 1)
        if isinstance(value, ir.Field):
            if state.own and value in state.own:
                return self._owned_field(value, state)
            base = self.resolve(value.base, state, depth + 1)
            if isinstance(base, ir.Local) and state.has_own(base.variable):
                mine = ir.Field(base, value.name, value.owner, type=value.type, at=value.at)
                if mine in state.own:
                    return self._owned_field(mine, state)
                base = self._whole(base, state)
            return (
                value if base is value.base else ir.Field(base, value.name, value.owner, type=value.type, at=value.at)
            )
        if isinstance(value, ir.Element):
            base = self.resolve(value.base, state, depth + 1)
            return value if base is value.base else ir.Element(base, value.key, type=value.type, at=value.at)
        if isinstance(value, ir.MethodRef):
            base = self.resolve(value.base, state, depth + 1)
            return (
                value
                if base is value.base
                else ir.MethodRef(base, value.name, value.owner, type=value.type, at=value.at)
            )
        if isinstance(value, ir.Item):
            subject = self.resolve(value.subject, state, depth + 1)
            return value if subject is value.subject else ir.Item(subject, value.part, value.loop, type=value.type)
        if isinstance(value, ir.Result):
            return self._result(value, state, depth)
        return value

    def _whole(self, variable: ir.Local, state: State) -> ir.Value:
        """What a struct was copied from, for the fields that are not its own."""
        known = state.env.get(variable.variable)
        return variable if known is None or self._names_itself(variable.variable, known) else known

    @staticmethod
    def _owned_field(field: ir.Field, state: State) -> ir.Value:
        """What a field of a local copy leads to: what was assigned to it, by its own name if that was made here."""
        given = ir.strip(state.own[field])
        return given if _names_something(given) else field

    def _is_field_of_copy(self, target: ir.Value, state: State) -> bool:
        """Whether a path is a field of a local variable that holds a copy of another struct (`out := *in`)."""
        parts = prefixes(target)
        start = parts[-1]
        return (
            len(parts) > 1
            and isinstance(start, ir.Local)
            and start.variable in state.env
            and not start.variable.captured
            and start.variable.function is self.function
            and not self._names_itself(start.variable, state.env[start.variable])
            and isinstance(self.world.underlying(start.type), Struct)
            and all(isinstance(part, ir.Field) and not isinstance(part.base.type, Pointer) for part in parts[:-1])
        )

    @staticmethod
    def _is_changed_copy(value: ir.Value, state: State) -> bool:
        """Whether a variable holds a copy of a struct some of whose fields are its own by now: another object."""
        bare = ir.strip(value)
        return bool(state.own) and isinstance(bare, ir.Local) and any(ir.root(one) == bare for one in state.own)

    @staticmethod
    def _knows(parameter: ir.Variable, state: State) -> bool:
        return (parameter, True) in state.assumed or (parameter, False) in state.assumed

    def _names_itself(self, variable: ir.Variable, known: ir.Value) -> bool:
        """Whether a variable is the best name for the object that it holds: one made here, or a map that a call gave."""
        bare = ir.strip(known)
        if isinstance(bare, ir.Result):
            # A lock from a getter (`mu := s.lockFor(id)`) is known by the getter, in every function alike.
            return not self._is_lock(variable.type)
        return isinstance(bare, (ir.Composite, ir.Make, ir.New, ir.Nil))

    def _is_lock(self, type_: Type) -> bool:
        """Whether a type is a lock or a pointer to one, by its name."""
        named = self.world.named(type_)
        return named is not None and named.name.endswith(("Mutex", "Lock", "Locker"))

    def _result(self, value: ir.Result, state: State, depth: int) -> ir.Value:
        """The result of a call of a getter of this package is the path that it returns."""
        for callee in self.program.declared(self.resolve(value.call.callee, state, depth + 1)):
            facts = self.program.facts.get(callee)
            if facts is None or value.index >= len(facts.returns):
                continue
            returned = facts.returns[value.index]
            if returned is None:
                continue
            translated = translate(returned, self._arguments(callee, value.call, state, depth + 1))
            if translated is not None:
                return translated
        return value

    def _means(self, paths: Outward, bound: Mapping[ir.Variable, ir.Value]) -> frozenset[ir.Value]:
        """Paths of a callee in this function's terms; each call is looked at several times, and many are alike."""
        key = (paths, *[bound.get(variable) for variable in paths.variables])
        known = self._meant.get(key)
        if known is None:
            known = self._meant[key] = paths.means(bound)
        return known

    def _translated(self, paths: Iterable[ir.Value], arguments: Mapping[ir.Variable, ir.Value]) -> frozenset[ir.Value]:
        """Those of a callee's access paths that the caller has a name for, in its terms."""
        found = (translate(path, arguments) for path in paths)
        return frozenset(ir.strip(path) for path in found if path is not None)

    def _arguments(
        self, callee: ir.Function, call: ir.Call, state: State, depth: int = 0
    ) -> dict[ir.Variable, ir.Value]:
        arguments: dict[ir.Variable, ir.Value] = {}
        target = self.resolve(call.callee, state, depth) if depth <= _MAX_RESOLVE else call.callee
        if callee.receiver is not None and isinstance(target, ir.MethodRef):
            arguments[callee.receiver] = ir.strip(target.base)
        for parameter, argument in zip(callee.params, call.arguments, strict=False):
            arguments[parameter] = self.resolve(argument, state, depth)
        return arguments

    def _private(self, value: ir.Value, state: State) -> bool:
        """Whether the object that a path starts in was made here and nobody else can reach it yet."""
        path = self.resolve(value, state)
        start = ir.root(path)
        if state.own and isinstance(start, ir.Local) and any(part in state.own for part in prefixes(path)):
            return start.variable not in state.shared
        if isinstance(start, (ir.Composite, ir.Make, ir.New)):
            return id(start) not in state.shared
        if isinstance(start, ir.Local):
            variable = start.variable
            if variable.function is not self.function or variable.kind in ("param", "receiver"):
                return False
            if variable in state.shared:
                return False
            behind = state.env.get(variable)
            if behind is None:
                return self._is_value(variable.type)
            made = ir.strip(behind)
            if isinstance(made, (ir.Composite, ir.Make, ir.New)):
                return id(made) not in state.shared
            return isinstance(made, ir.Result) and id(made.call) not in state.shared and self._fresh_result(made, state)
        if isinstance(start, ir.Result):
            if id(start.call) in state.shared:
                return False
            return self._fresh_result(start, state)
        return isinstance(start, (ir.Constant, ir.Nil, ir.Binary))

    def _is_value(self, type_: Type) -> bool:
        """Whether a variable of this type holds its object itself (a struct, an array, a map that was never assigned)."""
        return isinstance(self.world.underlying(type_), (Struct, Array, Map))

    def _fresh_result(self, value: ir.Result, state: State) -> bool:
        callee = self.resolve(value.call.callee, state)
        declared = self.program.declared(callee)
        if declared:
            return all(
                (facts := self.program.facts.get(one)) is not None and value.index in facts.fresh for one in declared
            )
        name = callee.name if isinstance(callee, (ir.FunctionRef, ir.MethodRef)) else ""
        if isinstance(callee, ir.FunctionRef) and callee.package != self.program.package:
            return name.startswith(("New", "Make", "Clone", "Copy", "Collect"))
        if qualified_name(callee) == "sync.Pool.Get":  # ours until it is put back
            return True
        return isinstance(callee, ir.MethodRef) and name in ("Clone", "Copy", "DeepCopy")

    def _owner(self, value: ir.Value, state: State) -> ir.Variable | None:
        start = ir.root(value)
        if (
            isinstance(start, ir.Local)
            and start.variable.kind in ("param", "receiver")
            and start.variable not in state.shared
        ):
            return start.variable
        return None

    def _share(self, value: ir.Value, state: State) -> None:
        """The objects that a value leads to become reachable by others."""
        pending, seen = [value], set[int]()
        while pending:
            start = ir.root(self.resolve(pending.pop(), state))
            if id(start) in seen or len(seen) > _MAX_SHARED:
                continue
            seen.add(id(start))
            if isinstance(start, ir.Composite):
                pending.extend(entry for _, entry in start.entries)
            if isinstance(start, (ir.Composite, ir.Make, ir.New)):
                state.shared |= {id(start)}
            elif isinstance(start, ir.Result):
                state.shared |= {id(start.call)}
            elif isinstance(start, ir.Local):
                if start.variable in state.shared:
                    continue
                state.shared |= {start.variable}
                behind = state.env.get(start.variable)
                if behind is not None and self._names_itself(start.variable, behind):
                    pending.append(behind)
                if start.variable.kind in ("param", "receiver") and start.variable.function is self.function:
                    self.escaping.add(start.variable)
            elif isinstance(start, ir.Closure):
                pending.extend(ir.Local(v, type=v.type) for v in self._captured_variables(start.function))
            elif isinstance(start, ir.MethodRef):
                pending.append(start.base)

    def _captured_variables(self, function: ir.Function) -> set[ir.Variable]:
        """The variables of enclosing functions that a closure mentions."""
        known = self._captures.get(function)
        if known is None:
            known = self._captures[function] = captured_variables(function)
        return set(known)

    # --- statements ---------------------------------------------------------------------------------------------------

    def block(self, block: ir.Block, state: State) -> State:
        """Interpret a block; returns the state behind it."""
        for op in block.ops:
            if state.dead:
                break
            handler = _HANDLERS.get(type(op))
            if handler is not None:
                state = handler(self, op, state)
        return state

    def _nested_block(self, op: ir.Block, state: State) -> State:
        target = Target(op.label, loop=False, plain=True)
        self.targets.append(target)
        state = self.block(op, state)
        self.targets.pop()
        return join([state, *target.breaks])

    def _if(self, op: ir.If, state: State) -> State:
        then, orelse = state.copy(), state
        if _is_flag(op):
            started = (one for one in op.then.ops if isinstance(one, ir.Call) and one.mode == "go")
            self._flagged.update((self.function.path, one.at[0]) for one in started)
        self._assume(op.condition, then, orelse)
        return join([self.block(op.then, then), self.block(op.orelse, orelse)])

    def _assume(self, condition: ir.Value, then: State, orelse: State) -> None:
        """What a condition's truth tells: a TryLock that succeeded."""
        while isinstance(condition, ir.Unary) and condition.op == "!":
            condition, then, orelse = condition.operand, orelse, then
        if isinstance(condition, ir.Binary) and condition.op == "&&":
            self._assume(condition.left, then, State())
            self._assume(condition.right, then, State())
            return
        if isinstance(condition, ir.Binary) and condition.op == "||":
            self._assume(condition.left, State(), orelse)
            self._assume(condition.right, State(), orelse)
            return
        value = condition
        if isinstance(value, ir.Local) and value.variable.kind == "param" and value.variable.assignments <= 1:
            then.assumed |= {(value.variable, True)}
            orelse.assumed |= {(value.variable, False)}
        if isinstance(value, ir.Binary):
            if isinstance(value.right, ir.Nil) and value.op in ("==", "!="):
                empty = then if value.op == "==" else orelse
                if self._is_field_of_copy(ir.strip(value.left), empty):
                    empty.own[ir.strip(value.left)] = value.right
            value = value.left
        if isinstance(value, ir.Result) and isinstance(value.call.callee, (ir.MethodRef, ir.FunctionRef)):
            callee = value.call.callee
            if callee.name.startswith("Load") and qualified_name(callee).startswith("sync/atomic."):
                then.ordered = orelse.ordered = True
        if isinstance(value, ir.Local):
            value = then.env.get(value.variable, value)
        if isinstance(value, ir.Result):
            op = lock_op(self.resolve(value.call.callee, then))
            if op is not None and op.tries:
                held = held_of(op.lock, op.mode)
                then.held[held.key] = held

    def _loop(self, op: ir.Loop, state: State) -> State:
        def once(entry: State) -> tuple[State, Target]:
            target = Target(op.label, loop=True)
            self.targets.append(target)
            inside = self.block(op.head, entry)
            leaving = inside.copy()
            if op.condition is not None:
                self._assume(op.condition, inside, leaving)
            inside = self.block(op.body, inside)
            back = join([inside, *target.continues])
            if not back.dead:
                back = self.block(op.post, back)
            self.targets.pop()
            if op.condition is not None:
                target.breaks.append(leaving)
            return back, target

        return self._iterate(once, state, op.at, normal=op.condition is not None)

    def _range(self, op: ir.Range, state: State) -> State:
        subject = self.resolve(op.subject, state)
        iterated = self._iterated(subject, state) if op.over == "function" else None
        if iterated is not None and not isinstance(op.subject, ir.Result):
            self._record("iterate", iterated, ir.Access(op.subject.at, "iterate", op.subject), state)

        def once(entry: State) -> tuple[State, Target]:
            target = Target(op.label, loop=True)
            self.targets.append(target)
            inside = entry.copy()
            for variable, part in ((op.key, "key"), (op.value, "value")):
                if isinstance(variable, ir.Local):
                    inside.env[variable.variable] = ir.Item(subject, part, op, type=variable.type, at=variable.at)
            inside = self.block(op.body, inside)
            back = join([inside, *target.continues])
            self.targets.pop()
            leaving = entry.copy()
            if op.over == "channel":  # the loop ends when the channel is closed
                self._join(ir.strip(subject), leaving, in_loop=False, wait=True)
                leaving.received |= {ir.strip(subject)}
            target.breaks.append(leaving)
            return back, target

        after = self._iterate(once, state, op.at, normal=True)
        self._stretch(op, after)
        return after

    def _stretch(self, op: ir.Range, after: State) -> None:
        """Ranging over a map goes on while the body runs: beside the goroutines that the body starts."""
        for fact in reversed(self.facts.accesses):
            if fact.kind == "iterate" and fact.at == op.subject.at and fact.function is self.function:
                fact.live = self._widen(fact.live | after.live)
                fact.exposed = fact.exposed or self._exposed(fact.map, after)
                break

    def _iterate(self, once: Callable[[State], tuple[State, Target]], state: State, at: ir.Span, normal: bool) -> State:
        """Run a loop body twice: first to learn what its back edge brings, then to record with that joined in."""
        entry = state
        self.loop_depth += 1
        self.loops.append(at)
        saved_exits, recording = list(self.exits), self.recording
        if self.loop_depth <= _MAX_LOOP_DEPTH:
            self.recording = False
            back, _ = once(entry.copy())
            self.recording = recording
            self.exits = saved_exits
            again = frozenset(replace(s, many=True) for s in back.live - entry.live)
            entry = join([entry.copy(), back])
            entry.live = frozenset(s for s in entry.live if s not in back.live or s in state.live) | again
        accesses, calls = len(self.facts.accesses), len(self.facts.calls)
        back, target = once(entry.copy())
        self.loops.pop()
        self.loop_depth -= 1
        self._handed_over(self.facts.accesses[accesses:], self.facts.calls[calls:], back)
        after = target.breaks
        for one in after:
            one.live = self._widen(one.live | back.live)
        if after and normal:  # the loop ended by itself, having awaited as many as were started
            after[-1].live = frozenset(s for s in after[-1].live if s.identity not in back.joining)
        if not back.dead:
            for one in after:
                # What is held at the entry and not at its end is not held; what was taken on the way out is.
                for key in [key for key in one.held if key in entry.held and key not in back.held]:
                    del one.held[key]
        return join(after)

    def _handed_over(self, accesses: list[AccessFact], calls: list[CallFact], back: State) -> None:
        """What an iteration hands to a goroutine and then replaces is another object in each: `batch = nil` behind `go`."""
        for fact in accesses:
            if fact.spawn is not None and self._let_go(fact.map, back):
                fact.distinct = True
        for call in calls:
            if call.spawn is not None:
                call.common -= {v for v, value in call.arguments.items() if self._let_go(value, back)}

    def _let_go(self, value: ir.Value, back: State) -> bool:
        """Whether the variable that a path starts in holds something at the end of an iteration that nobody else has."""
        start = ir.root(value)
        if not isinstance(start, ir.Local) or back.dead:
            return False
        variable = start.variable
        behind = back.env.get(variable)
        return (
            variable.kind == "local"
            and variable.function is self.function
            and not variable.captured
            and variable.assignments > 1
            and variable not in back.shared
            and (behind is None or (isinstance(behind, _MADE) and id(behind) not in back.shared))
        )

    @staticmethod
    def _widen(live: frozenset[Spawn]) -> frozenset[Spawn]:
        many = {spawn.identity for spawn in live if spawn.many}
        return frozenset(s for s in live if s.many or s.identity not in many)

    def _switch(self, op: ir.Switch, state: State) -> State:
        target = Target(op.label, loop=False)
        self.targets.append(target)
        after: list[State] = []
        falling: State | None = None
        for case in op.cases:
            entry = self.block(case.head, state.copy())
            if falling is not None:
                entry = join([entry, falling])
            left = self.block(case.body, entry)
            falling = None
            if case.falls_through:
                falling = left
            else:
                after.append(left)
        self.targets.pop()
        if not any(case.default for case in op.cases):
            after.append(state)
        return join([*after, *target.breaks])

    def _select(self, op: ir.Select, state: State) -> State:
        target = Target(op.label, loop=False)
        self.targets.append(target)
        after: list[State] = []
        for case in op.cases:
            self.selecting = True
            entry = self.block(case.head, state.copy())
            self.selecting = False
            after.append(self.block(case.body, entry))
        self.targets.pop()
        return join([*after, *target.breaks]) if op.cases else State(dead=True)

    def _jump(self, op: ir.Jump, state: State) -> State:
        if op.kind in ("break", "continue"):
            for target in reversed(self.targets):
                if op.label:
                    if target.label != op.label:
                        continue
                elif (op.kind == "continue" and not target.loop) or target.plain:
                    continue
                (target.breaks if op.kind == "break" else target.continues).append(state.copy())
                break
        elif op.kind == "fallthrough":
            return state
        state.dead = True
        return state

    def _return(self, op: ir.Return, state: State) -> State:
        values = tuple(
            value if self._is_changed_copy(value, state) else self.resolve(value, state) for value in op.values
        )
        for written, value in zip(op.values, values, strict=True):
            self._copied(written, value, op, state)
            self._gathered_leaves(written, op)
            self._mention(written, state)
            if isinstance(ir.strip(value), (ir.Closure, ir.MethodRef, ir.FunctionRef)):
                self._reference(value, op.at)
        if self.recording:
            self.order += 1
        self._leave(state, values, op.at)
        state.dead = True
        return state

    # --- events -------------------------------------------------------------------------------------------------------

    def _access(self, op: ir.Access, state: State) -> State:
        self._mention_all((op.map, op.key, op.value), state)
        self._record(op.kind, op.map, op, state)
        if op.kind == "write" and op.value is not None:
            self._gather(ir.strip(op.map), op.value, state)
            self._stored(op.map, op.value, state)
            if op.key is not None:
                element = ir.Element(ir.strip(self.resolve(op.map, state)), op.key, type=op.value.type)
                self._rebind(element, self.resolve(op.value, state), state)
        return state

    def _record(self, kind: str, map_: ir.Value, op: ir.Op, state: State, at: ir.Span = ir.NOWHERE) -> None:
        if not self.recording:
            return
        path = ir.strip(self.resolve(map_, state))
        key = place_key(path)
        if key is None or _nameless(path):
            return
        if kind in ("replace", "check") and (self._own_copy(path) or self._is_field_of_copy(ir.strip(map_), state)):
            return
        self.order += 1
        self.facts.accesses.append(
            AccessFact(
                self.function,
                op.at if at == ir.NOWHERE else at,
                kind,
                path,
                key,
                frozenset(state.held.values()),
                state.dropped,
                op,
                owned=self._private(path, state),
                owned_by=self._owner(path, state),
                live=self._widen(state.live),
                in_loop=self.loop_depth > 0,
                order=self.order,
                alias=isinstance(ir.strip(map_), (ir.Local, ir.Result)) and not isinstance(path, (ir.Local, ir.Result)),
                ordered=state.ordered,
                exposed=self._exposed(path, state),
                made_here=self._made_here(path, state),
                waited=state.orders(),
                past=state.past,
                distinct=self._just_given(path, state),
            )
        )

    @staticmethod
    def _own_copy(path: ir.Value) -> bool:
        """Whether a field belongs to a parameter that holds its struct by value: the variable itself is nobody else's."""
        parts = prefixes(path)
        start = parts[-1]
        return (
            isinstance(start, ir.Local)
            and start.variable.kind in ("param", "receiver")
            and len(parts) > 1
            and isinstance(start.type, Named)
            and all(isinstance(part, ir.Field) and not isinstance(part.base.type, Pointer) for part in parts[:-1])
        )

    def _copied(self, written: ir.Value, value: ir.Value, op: ir.Op, state: State, at: ir.Span = ir.NOWHERE) -> None:
        """A map's reference leaves its place: returned, stored, sent or passed on, by itself or inside of a struct.

        `at` is where it is mentioned, if that is not the whole of `op`.
        """
        bare = ir.strip(value)
        if self.world.map_type(bare.type) is not None and (
            isinstance(bare, (ir.Field, ir.Global, ir.Element))
            or (isinstance(bare, ir.Local) and isinstance(op, ir.Return) and (state.live or state.past))
        ):
            self._record("copy", value, op, state, at)
        elif isinstance(bare, ir.Composite):
            self._entries_copied(bare, op, state)
        elif isinstance(bare, ir.Result) and isinstance(op, ir.Return):
            iterated = self._iterated(bare, state)
            if iterated is not None:
                self._record("copy", iterated, op, state)
        elif isinstance(op, (ir.Return, ir.Send)):
            self._struct_copied(written, bare, op, state)

    def _entries_copied(
        self, literal: ir.Composite, op: ir.Op, state: State, but: frozenset[str] = frozenset()
    ) -> None:
        given = [(name, entry, ir.strip(self.resolve(entry, state))) for name, entry in literal.entries]
        if literal in self.leaving:  # `node = &Node{next: node}`
            return
        self.leaving.append(literal)
        # Who hands out the lock along with the map shares both.
        along = [value.base for _, _, value in given if isinstance(value, ir.Field) and self._is_lock(value.type)]
        for name, entry, value in given:
            if name not in but and not (isinstance(value, ir.Field) and value.base in along):
                self._copied(entry, value, op, state, entry.at)
        self.leaving.pop()

    def _struct_copied(self, written: ir.Value, bare: ir.Value, op: ir.Op, state: State) -> None:
        """A struct leaves, and takes references to maps along: it was filled with them, or is a copy of another one."""
        skipped = frozenset[str]()
        if isinstance(bare, ir.Local) and bare.variable.function is self.function and bare.variable.kind == "local":
            own = {
                one.name: given for one, given in state.own.items() if isinstance(one, ir.Field) and one.base == bare
            }
            if bare not in self.leaving:  # `n.start = &n`
                self.leaving.append(bare)
                for value in own.values():
                    if _names_something(value):
                        self._taken_along(value, op, state)
                self.leaving.pop()
            skipped = frozenset(own)
            made = ir.strip(state.env.get(bare.variable, bare))
            if isinstance(made, ir.Composite):
                self._entries_copied(made, op, state, skipped)
            bare = made
        type_ = written.type
        if isinstance(type_, Pointer) and is_entry(bare) and not has_lock(type_.element, self.world):
            type_ = type_.element
        struct = self.world.underlying(type_)
        if not isinstance(struct, Struct) or not isinstance(bare, (ir.Field, ir.Global, ir.Element, ir.Item)):
            return
        owner = getattr(self.world.unalias(type_), "qualified", "")
        seen = owner.rpartition(".")[2][:1].isupper()  # what only this package can touch is seen where it does
        for one in struct.fields:
            visible = seen or one.name[:1].isupper()
            if visible and one.name not in skipped and self.world.map_type(one.type) is not None:
                self._record("copy", ir.Field(bare, one.name, owner, type=one.type, at=written.at), op, state)

    def _taken_along(self, value: ir.Value, op: ir.Op, state: State) -> None:
        """What was put into a struct leaves with it: where it was put in is where the reference left its place."""
        for fact in self.facts.accesses if self.recording else ():
            if fact.kind == "copy" and fact.at == value.at:
                fact.op = op
                return
        self._copied(value, value, op, state, value.at)

    def _gather(self, into: ir.Value, written: ir.Value, state: State) -> None:
        """A map, or a struct with maps, is put into a local slice or map: a copy of the reference, or of the struct."""
        bare = ir.strip(self.resolve(written, state))
        if not (self.recording and isinstance(into, ir.Local) and isinstance(bare, (ir.Field, ir.Element, ir.Item))):
            return
        if into.variable.kind != "local" or into.variable.function is not self.function:
            return
        before = ir.Op(written.at)
        if self.world.map_type(bare.type) is None:
            self._struct_copied(written, bare, before, state)
        elif isinstance(bare, ir.Item):
            self._record("copy", written, before, state)
        self._gathered.setdefault(into.variable, set()).add(written.at)

    def _gathered_leaves(self, value: ir.Value, op: ir.Return) -> None:
        """A slice or map is returned with what was put into it: the references leave where they were put in."""
        bare = ir.strip(value)
        spans = self._gathered.get(bare.variable, set()) if isinstance(bare, ir.Local) else set[ir.Span]()
        for fact in self.facts.accesses if spans and self.recording else ():
            if fact.kind == "copy" and fact.at in spans and not isinstance(fact.op, (ir.Return, ir.Send)):
                fact.op = op

    def _iterated(self, value: ir.Value, state: State) -> ir.Value | None:
        """The map behind a lazy iterator (`maps.Keys(m)`)."""
        value = ir.strip(value)
        if isinstance(value, ir.Result) and isinstance(value.call.callee, ir.FunctionRef) and value.call.arguments:
            callee = value.call.callee
            if (callee.package, callee.name) in hidden.ITERATORS:
                return self.resolve(value.call.arguments[0], state)
        return None

    def _assign(self, op: ir.Assign, state: State) -> State:
        if op.value is not None:
            self._mention(op.value, state)
        target = op.target
        value = self.resolve(op.value, state) if op.value is not None else None
        if isinstance(target, ir.Local):
            variable = target.variable
            if isinstance(op.value, ir.Opaque) and op.value.operands[:1] == (target,):  # out = append(out, it)
                for one in op.value.operands[1:]:
                    self._gather(target, one, state)
            if (variable.function is not self.function and self.world.map_type(variable.type) is not None) or (
                not op.define and self.world.map_type(variable.type) is not None and variable.captured
            ):
                self._record("replace", ir.Local(variable, type=variable.type), op, state)
            state.env.pop(variable, None)
            if state.own:
                state.own = {path: one for path, one in state.own.items() if ir.root(path) != target}
            if value is not None and self._worth_knowing(value, variable, state):
                state.env[variable] = value
            elif value is None and op.define and isinstance(variable.type, Pointer):
                state.env[variable] = ir.Nil(type=variable.type, at=variable.at)
            # A new variable in each iteration, or one that only this function knows: others have what it held before.
            if op.define or not variable.captured:
                state.shared -= {variable}
            if variable.captured and value is not None and isinstance(ir.strip(value), (ir.Closure, ir.MethodRef)):
                self.program.keep(f"local:{id(variable)}", value)
            return state
        if isinstance(target, ir.Unary) and target.op == "*":  # `*p = T{…}` replaces each map inside
            self._mention(target, state)
            return state
        if self.world.map_type(target.type) is not None:
            self._record("replace", target, op, state)
        self._mention(target, state)
        if value is not None and self._is_field_of_copy(target, state):
            state.own[target] = value
            return state
        state.own.pop(target, None)
        path = ir.strip(self.resolve(target, state))
        self._forget((path,), state)
        if self.world.map_type(target.type) is not None and isinstance(path, (ir.Field, ir.Global)):
            self.replaced.add(path)
        if op.value is not None and value is not None:
            self._stored(target, op.value, state)
            self._rebind(path, value, state)
            if isinstance(target, ir.Field):
                self._fill(target, value, state)
        return state

    def _fill(self, target: ir.Field, value: ir.Value, state: State) -> None:
        """A struct that was made here is given a map: its field may be another name for one that exists already."""
        base, given = ir.strip(target.base), ir.strip(self.resolve(value, state))
        if isinstance(base, ir.Local) and self.world.map_type(target.type) is not None:
            behind = state.env.get(base.variable)
            if behind is not None and isinstance(ir.strip(behind), (ir.Composite, ir.New)):
                field = ir.Field(base, target.name, target.owner, type=target.type, at=target.at)
                state.own[field] = ir.Opaque("") if ir.root(given) == base else value

    def _worth_knowing(self, value: ir.Value, variable: ir.Variable, state: State) -> bool:
        if isinstance(value, (ir.Closure, ir.MethodRef, ir.FunctionRef, ir.Composite, ir.Make, ir.New, ir.Result)):
            return True
        bare = ir.strip(value)
        if isinstance(bare, (ir.Composite, ir.Make, ir.New, ir.Result)):
            return True
        if not isinstance(bare, (ir.Local, ir.Global, ir.Field, ir.Element, ir.Item)):
            return False
        if any(isinstance(part, ir.Local) and part.variable is variable for part in prefixes(bare)):
            return False
        # A struct copied by value is another object, but shares the maps inside; an array or a lock shares nothing.
        if isinstance(variable.type, Named) and variable.type.qualified in ("sync.Mutex", "sync.RWMutex"):
            return False
        under = self.world.underlying(variable.type)
        return not (isinstance(under, Array))

    def _forget(self, paths: Collection[ir.Value], state: State) -> None:
        """Places are replaced: what local variables took from them before is theirs alone now."""
        for variable in [v for v, known in state.env.items() if any(part in paths for part in prefixes(known))]:
            del state.env[variable]

    def _rebind(self, path: ir.Value, value: ir.Value, state: State) -> None:
        """A fresh object is put into a place: from now on, the variable that holds it names that place."""
        bare = ir.strip(value)
        if (
            isinstance(bare, ir.Local)
            and bare.variable.function is self.function
            and bare.variable.kind == "local"
            and not any(part == bare for part in prefixes(path))
        ):
            behind = state.env.get(bare.variable)
            if self.world.map_type(bare.type) is not None or (
                behind is not None and self._names_itself(bare.variable, behind)
            ):
                state.env[bare.variable] = path
                if behind is not None and self._made_here(behind, state):
                    state.given |= {path}

    def _stored(self, target: ir.Value, value: ir.Value, state: State) -> None:
        """`target = value`: functions are remembered by place, references leave, objects become as shared as the target."""
        resolved = self.resolve(value, state)
        bare = ir.strip(resolved)
        self._copied(value, resolved, ir.Op(value.at), state)
        key = place_key(self.resolve(target, state))
        if isinstance(bare, (ir.Closure, ir.MethodRef, ir.FunctionRef)):
            if key is not None:
                self.program.keep(key, bare, self.resolve(target, state))
        elif isinstance(bare, ir.Local) and isinstance(self.world.underlying(bare.type), Func):
            if bare.variable.kind == "param" and key is not None and self.recording:
                self.facts.parameter_stores[bare.variable] = key
        elif isinstance(bare, ir.Composite):
            self._keep_entries(bare, state)
        if not self._private(target, state):
            self._share(value, state)

    def _keep_entries(self, literal: ir.Composite, state: State) -> None:
        if not isinstance(literal.type, Named):
            return
        for name, entry in literal.entries:
            resolved = ir.strip(self.resolve(entry, state))
            if isinstance(name, str):
                key = f"{literal.type.qualified}.{name}"
                if isinstance(resolved, (ir.Closure, ir.MethodRef, ir.FunctionRef)):
                    self.program.keep(key, resolved)
                elif (
                    isinstance(resolved, ir.Local)
                    and resolved.variable.kind == "param"
                    and isinstance(self.world.underlying(resolved.type), Func)
                ):
                    self.facts.parameter_stores[resolved.variable] = key
            if isinstance(resolved, ir.Composite):
                self._keep_entries(resolved, state)

    def _reference(self, value: ir.Value, at: ir.Span, state: State | None = None) -> None:
        """A function is mentioned as a value; with a state, in the arguments of a call that happens now."""
        if self.recording:
            held = state.held.values() if state is not None else ()
            keys = frozenset(one.key for one in held if one.mode == EXCLUSIVE)
            self.facts.references.append((ir.strip(value), at, keys))

    def _send(self, op: ir.Send, state: State) -> State:
        self._mention_all((op.channel, op.value), state)
        self._copied(op.value, self.resolve(op.value, state), op, state)
        channel = ir.strip(self.resolve(op.channel, state))
        self._carry(channel)
        self.signals[channel] = self.order
        self._share(op.value, state)
        if self._is_semaphore(channel, state):
            self._semaphore(channel, state, sends=True)
        return state

    def _receive(self, op: ir.Receive, state: State) -> State:
        channel = ir.strip(self.resolve(op.channel, state))
        self._carry(channel)
        self._join(channel, state, in_loop=self.loop_depth > 0)
        if not self.loop_depth:
            state.received |= {channel}
        if self._is_semaphore(channel, state):
            self._semaphore(channel, state, sends=False)
        return state

    def _carry(self, channel: ir.Value) -> None:
        under = self.world.underlying(channel.type)
        if isinstance(under, Chan):
            self._pass_on(under.element, self.facts.carried)

    @staticmethod
    def _pass_on(type_: Type, passed: set[str]) -> None:
        """Objects of a type are handed from one goroutine to the next."""
        name = qualified_name_of(type_)
        if name:
            passed.add(name)

    def _is_semaphore(self, channel: ir.Value, state: State) -> bool:
        """Whether a channel has one slot and carries nothing: then a token in it is a lock.

        In a select with other cases it is a notification rather than a lock.
        """
        if self.selecting:
            return False
        under = self.world.underlying(channel.type)
        if not isinstance(under, Chan):
            return False
        token = self.world.underlying(under.element)
        if token != Basic("bool") and not (isinstance(token, Struct) and not token.fields):
            return False
        return self._has_one_slot(channel, state)

    def _has_one_slot(self, channel: ir.Value, state: State) -> bool:
        made = state.env.get(channel.variable) if isinstance(channel, ir.Local) else None
        if made is None and isinstance(channel, ir.Local):
            return channel.variable in self.program.one_slot
        if isinstance(made, (ir.Make, ir.Result)):
            return is_one_slot(made)
        return place_key(channel) in self.program.one_slot

    def _semaphore(self, channel: ir.Value, state: State, sends: bool) -> None:
        """The first of send and receive takes the lock, whichever way round the code has it; the other releases it."""
        held = held_of(channel, EXCLUSIVE)
        if held.key in state.held:
            self._outlived(held.key, state)
            del state.held[held.key]
        elif sends or held.key not in state.dropped:
            state.held[held.key] = held

    def _join(self, what: ir.Value, state: State, in_loop: bool, wait: bool = False) -> None:
        """Goroutines that signal `what` have ended: all of them after `Wait`, one of them after a receive."""
        self.joins.add(what)
        if wait:
            self._end(frozenset((what,)), state)
            return
        kept = []
        for spawn in state.live:
            signals = self.program.signals.get(spawn.identity, frozenset())
            if what not in signals:
                kept.append(spawn)
            elif spawn.many:
                kept.append(spawn)
                if in_loop:
                    state.joining |= {spawn.identity}
            else:
                state.past |= {spawn.identity}
        state.live = frozenset(kept)

    def _end(self, waited: frozenset[ir.Value], state: State) -> None:
        """All goroutines that signal one of these have ended."""
        if state.live:
            left = frozenset(
                spawn
                for spawn in state.live
                if waited.isdisjoint(self.program.signals.get(spawn.identity, frozenset()))
            )
            state.past |= {spawn.identity for spawn in state.live - left}
            state.live = left

    # --- calls --------------------------------------------------------------------------------------------------------

    def _call_op(self, op: ir.Call, state: State) -> State:
        if op.mode == "defer":
            self._mention_all(op.arguments, state)
            state.deferred = (*state.deferred, op)
            return state
        self.call(op, state)
        return state

    def call(self, op: ir.Call, state: State, deferred: bool = False) -> None:
        """A call happens: lock operation, join, spawn, call of a function of the package, or a library's."""
        callee = self.resolve(op.callee, state)
        if op.mode == "go":
            self._spawned(
                op, callee, op.arguments, state, models.Spawner(-3, models.ONE, f"started in {self.function.name}")
            )
            return
        if not deferred:
            self._mention_all(op.arguments, state)
        declared = self.program.declared(callee)
        operation = lock_op(callee)
        if operation is not None and isinstance(op.callee, (ir.MethodRef, ir.Field)) and is_copy(op.callee.base):
            operation = replace(operation, lock=ir.strip(op.callee.base))
        if operation is not None and not self._locks_inside(declared):
            self._lock(operation, op, state, deferred)
            return
        if isinstance(callee, (ir.MethodRef, ir.Field)):
            if self._library_method(callee, op, state):
                return
            if callee.name in _SEMAPHORE and self._has_one_slot(base := ir.strip(callee.base), state):
                self._semaphore(base, state, sends=_SEMAPHORE[callee.name])
                return
        if isinstance(callee, ir.FunctionRef) and callee.package == "builtin":
            if callee.name == "close" and op.arguments:
                self.signals[ir.strip(self.resolve(op.arguments[0], state))] = self.order
            return
        name = qualified_name(callee)
        if name == "sync.Pool.Put" and op.arguments:
            self._pass_on(op.arguments[0].type, self.facts.pooled)
        if name == "sync.Once.Do" and isinstance(callee, ir.MethodRef) and op.arguments:
            self._once(callee.base, op, state)
            return
        spawner = self.program.extra_spawners.get(name) or models.THREADS.get(name)
        if spawner is None and not declared:
            spawner = self._imported(callee, op) or self._router(callee, op) or self._starter(callee, op, state)
        one_request = spawner is not None and self.function.is_test and spawner.multiplicity == models.MANY
        if one_request or name.startswith(models.COROUTINES):  # a test serves one request at a time
            self._callbacks_unknown(op, state)
            return
        if spawner is not None:
            self._spawned(op, callee, op.arguments, state, spawner)
            return
        if name in ("testing.T.Run", "testing.B.Run"):
            spawner = self._parallel_test(op, state)
            if spawner is not None:
                self._spawned(op, callee, op.arguments, state, spawner)
                return
        if declared:
            for one in declared:
                self._call_declared(one, op, callee, state)
            return
        if isinstance(callee, (ir.Field, ir.Global, ir.Local, ir.Element)) and self._call_stored(callee, op, state):
            return
        self._call_unknown(op, callee, state)

    def _once(self, once: ir.Value, op: ir.Call, state: State) -> None:
        """`once.Do(f)`: f runs at most once, and is over when Do returns, whoever called it."""
        path = ir.strip(once)
        body, done = held_of(path, ONCE_BODY), held_of(path, ONCE_DONE)
        value = ir.strip(self.resolve(op.arguments[0], state))
        if isinstance(value, ir.Closure):
            self._enter_closure(value.function, state)
        for one in self.program.declared(value):
            bound = self._bound_receiver(one, value)
            self._note_call(one, op.at, bound, state, None, [*state.held.values(), body])
        state.held[done.key] = done

    def _parallel_test(self, op: ir.Call, state: State) -> models.Spawner | None:
        """`t.Run(name, f)` starts f as a goroutine of its own if f calls `t.Parallel()`."""
        if len(op.arguments) < 2:
            return None
        for one in self.program.declared(ir.strip(self.resolve(op.arguments[1], state))):
            if is_parallel(one):
                return models.Spawner(1, models.ONE, models.PARALLEL_TEST)
        return None

    def _locks_inside(self, declared: list[ir.Function]) -> bool:
        """Whether a method named Lock or Unlock is a helper of this package whose effect on inner locks is known."""
        for one in declared:
            facts = self.program.facts.get(one)
            if facts is not None and (facts.acquires or facts.releases):
                return True
        return False

    @staticmethod
    def _router(callee: ir.Value, op: ir.Call) -> models.Spawner | None:
        name = callee.name if isinstance(callee, (ir.MethodRef, ir.Field)) else ""
        if name in models.ROUTER_METHODS and len(op.arguments) >= 2:
            first = op.arguments[0]
            if isinstance(first, ir.Constant) and first.text[:2] in ('"/', "`/", '""'):
                return models.Spawner(-1, models.MANY, "which runs once per request")
        return None

    def _imported(self, callee: ir.Value, op: ir.Call) -> models.Spawner | None:
        """What a function of another package does that runs a parameter on goroutines."""
        for one in self._starts(callee):
            title = f"started by {ir.text_of(op.callee)}"
            return models.Spawner(one.index, models.MANY if one.many else models.ONE, title, True, one.awaited)
        return None

    def _starts(self, callee: ir.Value) -> tuple[Started, ...]:
        if isinstance(callee, ir.FunctionRef):
            package = self.world.package(callee.package)
            function = package.functions.get(callee.name) if package is not None else None
            return function.starts if function is not None else ()
        if isinstance(callee, ir.MethodRef):
            path, _, name = callee.owner.rpartition(".")
            declaration = self.world.declaration(Named(path, name)) if path else None
            method = declaration.methods.get(callee.name) if declaration is not None else None
            return method.starts if method is not None else ()
        return ()

    def _starter(self, callee: ir.Value, op: ir.Call, state: State) -> models.Spawner | None:
        """What a function of an unknown package does whose name says that it starts a goroutine: `g.Go(f)`, `SafeGo(f)`."""
        if isinstance(callee, (ir.MethodRef, ir.Field, ir.FunctionRef)) and callee.name in STARTING_NAMES:
            for index, argument in enumerate(op.arguments):
                if isinstance(ir.strip(self.resolve(argument, state)), (ir.Closure, ir.MethodRef, ir.FunctionRef)):
                    title = f"started by {ir.text_of(op.callee)}"
                    return models.Spawner(index, models.ONE, title, joined_by_wait=True)
        return None

    def _lock(self, operation: LockOp, op: ir.Call, state: State, deferred: bool) -> None:
        held = self._held(operation.lock, operation.mode)
        held = replace(held, key=self.program.same_lock.get(held.key, held.key))
        if self.recording:
            before = frozenset(state.held.values())
            self.facts.lock_ops.append(
                LockFact(
                    self.function, op.at, held, operation.takes, before, state.dropped, self.loop_depth > 0, deferred
                )
            )
        if operation.tries:
            return
        if operation.takes:
            state.take(held)
        else:
            self._outlived(held.key, state)
            if not state.release(held):
                state.dropped |= {held.key}

    def _outlived(self, key: str, state: State) -> None:
        """A lock is released: the goroutines that run now are not under it to their end, though they may be awaited."""
        outlive = self.facts.outlive
        for spawn in state.live:
            outlive[spawn.identity] = outlive.get(spawn.identity, frozenset()) | {key}

    def _held(self, lock: ir.Value, mode: str) -> Held:
        """The held lock, under one name: `lk.Lock()` with s for the Locker is `s.Lock()`, is `s.Mutex.Lock()`."""
        found = self.world.method(lock.type, "Lock")
        for hop in found.hops if found is not None else ():
            lock = ir.Field(lock, hop.name, hop.owner, type=hop.type, at=lock.at)
        return held_of(lock, mode)

    def _library_method(self, callee: ir.MethodRef | ir.Field, op: ir.Call, state: State) -> bool:
        """Methods whose meaning is in their name: `wg.Wait()`, `wg.Done()`, a cond's `Wait`."""
        if isinstance(callee, ir.MethodRef) and self.program.declared(callee):
            return False
        base = ir.strip(callee.base)
        if callee.name == "Done" and not op.arguments:
            self.signals[base] = self.order
        elif callee.name.endswith("Wait") and not op.arguments:  # also `StopAndWait` of wrappers
            self._join(base, state, in_loop=False, wait=True)
            state.waited |= {base}
            return True
        return False

    def _spawned(
        self, op: ir.Call, callee: ir.Value, arguments: tuple[ir.Value, ...], state: State, spawner: models.Spawner
    ) -> None:
        """A goroutine starts: `go f(x)`, or a library call that runs one of its arguments on another goroutine."""
        single = (self.function.path, op.at[0]) in self._flagged
        spawn = Spawn(self.function, op.at, spawner.title, spawner.multiplicity == models.MANY, single)
        known = next((s for s in state.live if s.identity == spawn.identity), None)
        if known is not None:
            spawn = replace(spawn, many=True)
        signals: set[ir.Value] = set()
        ends: set[ir.Value] = set()
        if spawner.argument == -3:
            for argument in arguments:
                self._mention(argument, state)
            runners = [(callee, op)]
            if not self.program.declared(callee) and isinstance(callee, (ir.FunctionRef, ir.MethodRef)):
                # `go wait.Until(s.sync, …)`: what an unknown function is given, it calls on its goroutine.
                given = (ir.strip(self.resolve(argument, state)) for argument in arguments)
                runners += [(one, ir.Call(op.at, one, ())) for one in given if isinstance(one, _FUNCTIONS)]
        else:
            chosen = arguments if spawner.argument < 0 else arguments[spawner.argument : spawner.argument + 1]
            for argument in arguments:
                self._mention(argument, state, enter=False)
            runners = []
            for argument in chosen:
                runner = self._runner(self.resolve(argument, state))
                if runner is not None:
                    runners.append((runner, ir.Call(op.at, runner, ())))
            if spawner.joined_by_wait and isinstance(callee, (ir.MethodRef, ir.Field)):
                signals.add(ir.strip(callee.base))
                ends.add(ir.strip(callee.base))
        if known is not None or len(state.live) < _MAX_LIVE:
            state.live = frozenset(s for s in state.live if s.identity != spawn.identity) | {spawn}
        for runner, call in runners:
            self._share(runner, state)
            for argument in call.arguments:
                self._share(argument, state)
                self._copied(argument, self.resolve(argument, state), op, state)
            if isinstance(runner, ir.Closure):
                self._enter_closure(runner.function, state, spawn)
            targets = self.program.declared(runner) or self._stored_functions(runner)
            for one in targets:
                bound = {**self._arguments(one, call, state), **self._holder(one, runner)}
                if isinstance(runner, ir.MethodRef) and one.receiver is not None:
                    bound[one.receiver] = ir.strip(runner.base)
                facts = self.program.facts.get(one)
                if facts is not None:
                    signals |= self._means(facts.signals, bound)
                    ends |= self._means(facts.ends, bound)
                self._note_call(one, op.at, bound, state, spawn)
                if facts is not None:
                    self._instantiate(facts, bound, op, state, spawn)
                    self._handed_functions(facts, one, call, state, spawn)
            if not targets and isinstance(runner, ir.Local) and runner.variable.kind == "param":
                self._parameter_spawned(runner.variable, spawn)
        self.program.signals[spawn.identity] = frozenset(signals)
        if spawner.awaited:
            state.live = frozenset(one for one in state.live if one.identity != spawn.identity)
        self.facts.ended[spawn.identity] = keys_of(ends)

    def _handed_functions(
        self, facts: FunctionFacts, callee: ir.Function, call: ir.Call, state: State, spawn: Spawn
    ) -> None:
        """`go run(f)`: what `run` calls without a lock of its own runs on the new goroutine, too."""
        for parameter, argument in zip(callee.params, call.arguments, strict=False):
            if parameter in facts.parameter_calls and not facts.parameter_calls[parameter]:
                value = ir.strip(self.resolve(argument, state))
                if isinstance(value, ir.Local) and value.variable.kind == "param":
                    self._parameter_spawned(value.variable, spawn)
                for function in self.program.declared(value):
                    self._note_call(function, call.at, self._bound_receiver(function, value), state, spawn)

    def _parameter_spawned(self, variable: ir.Variable, spawn: Spawn) -> None:
        owner = self.program.facts.get(variable.function)
        if owner is not None:
            owner.parameter_spawns[variable] = spawn
            self.program.facts[variable.function] = owner

    @staticmethod
    def _runner(value: ir.Value) -> ir.Value | None:
        """What runs when a library calls a value: a function, or the method of a handler object."""
        bare = ir.strip(value)
        if isinstance(bare, (ir.Closure, ir.FunctionRef, ir.MethodRef, ir.Local)):
            if isinstance(bare, ir.Local) and not isinstance(bare.type, Func):
                return None
            return bare
        if isinstance(bare, ir.Result) and bare.call.arguments:  # middleware: `auth(handler)`, `http.HandlerFunc(f)`
            for argument in bare.call.arguments:
                inner = Interpreter._runner(argument)
                if inner is not None:
                    return inner
        return None

    def _note_call(
        self,
        callee: ir.Function,
        at: ir.Span,
        bound: dict[ir.Variable, ir.Value],
        state: State,
        spawn: Spawn | None,
        held: Iterable[Held] | None = None,
        several_here: bool = False,
    ) -> None:
        if not self.recording:
            return
        private = frozenset(v for v, value in bound.items() if self._private(value, state))
        owners = {v: owner for v, value in bound.items() if (owner := self._owner(value, state)) is not None}
        common: frozenset[ir.Variable] = frozenset()
        if spawn is not None:
            common = frozenset(v for v, value in bound.items() if several_here or not self._varies(value))
            if callee.parent is not None:
                captured = self._captured_variables(callee)
                for variable in list(captured):  # what a captured function literal captures in its turn
                    inner = self.resolve(ir.Local(variable, type=variable.type), state)
                    if isinstance(inner, ir.Closure):
                        captured |= self._captured_variables(inner.function)
                common |= frozenset(v for v in captured if several_here or not self._declared_in_loop(v))
        self.facts.calls.append(
            CallFact(
                self.function,
                callee,
                at,
                bound,
                frozenset() if spawn is not None else frozenset(held if held is not None else state.held.values()),
                state.dropped if spawn is None else frozenset(),
                self._widen(state.live - {spawn}) if spawn is not None else self._widen(state.live),
                spawn,
                private if spawn is None else frozenset(),
                common,
                owners if spawn is None else {},
                frozenset(v for v, value in bound.items() if self._exposed(value, state)),
                self._made(callee, bound, state) if spawn is None else frozenset(),
                self.loop_depth > 0,
                frozenset(state.held.values()) if spawn is not None else frozenset(),
                state.orders(),
                frozenset(v for v, value in bound.items() if self._just_given(value, state)),
            )
        )

    def _made(self, callee: ir.Function, bound: Mapping[ir.Variable, ir.Value], state: State) -> frozenset[ir.Variable]:
        """The parameters, and captured variables, through which a callee gets objects that were made here."""
        made = {v for v, value in bound.items() if self._made_here(value, state)}
        if callee.parent is self.function:
            captured = self._captured_variables(callee)
            made.update(v for v in captured if self._made_here(ir.Local(v, type=v.type), state))
        return frozenset(made)

    @staticmethod
    def _just_given(path: ir.Value, state: State) -> bool:
        """Whether a path leads through a place that got an object made here: each call of this function has one of its own."""
        return bool(state.given) and any(part in state.given for part in prefixes(path))

    def _varies(self, value: ir.Value) -> bool:
        """Whether a path starts in something that is another object in each iteration of the enclosing loop."""
        for part in prefixes(value):
            if is_picked(part) or isinstance(part, (ir.Item, ir.Composite, ir.Make, ir.New, ir.Result)):
                return True
            if isinstance(part, ir.Local) and self._declared_in_loop(part.variable):
                return True
        return False

    def _declared_in_loop(self, variable: ir.Variable) -> bool:
        """Whether a variable is a new one in each iteration of the innermost loop around this point."""
        if not self.loops or variable.function is not self.function:
            return False
        start, end = self.loops[-1]
        return start <= variable.at[0] < end and (variable.kind != "range" or self.function.go_version >= (1, 22))

    def _call_declared(self, callee: ir.Function, op: ir.Call, target: ir.Value, state: State) -> None:
        if isinstance(target, ir.Closure):
            self._enter_closure(callee, state)
        bound = self._arguments(callee, op, state)
        facts = self.program.facts.get(callee)
        self._note_call(callee, op.at, bound, state, None)
        if facts is None:
            self._callbacks_unknown(op, state)
            return
        for parameter, argument in zip(callee.params, op.arguments, strict=False):
            resolved = ir.strip(self.resolve(argument, state))
            self._copied(argument, resolved, op, state)
            if not isinstance(self.world.underlying(parameter.type), Func):
                continue
            self._callback(facts, parameter, resolved, bound, op, state)
        self._instantiate(facts, bound, op, state)
        for variable in facts.escapes:
            if variable in bound:
                self._share(bound[variable], state)
        replaced = self._means(facts.replaces, bound)
        if replaced:
            self._forget(replaced, state)
            self.replaced |= replaced
        self.signals.update(dict.fromkeys(self._means(facts.signals, bound), -1))
        self.signals.update(dict.fromkeys(self._means(facts.ends, bound), self.order))
        state.waited |= self._translated(facts.waited, bound)
        state.received |= self._translated(facts.received, bound)
        waited = self._means(facts.joins, bound)
        if waited:
            self.joins |= waited
            self._end(waited, state)
        if facts.running:
            known = {spawn.identity for spawn in state.live}
            left = frozenset(replace(s, left=True) for s in facts.running if s.identity not in known)
            state.live = self._widen(state.live | left)
            for spawn in facts.running:
                here = self.program.signals.get(spawn.identity, frozenset())
                if len(here) <= _MAX_SIGNALS:
                    outer = {ir.strip(t) for s in here if (t := translate(s, bound)) is not None}
                    self.program.signals[spawn.identity] = here | outer
        for held in self._acquired(facts, callee, op, state):
            if held.path is None:
                continue
            translated = translate(held.path, bound)
            if translated is not None:
                taken = self._held(ir.strip(translated), held.mode)
                if self.recording:
                    before = frozenset(state.held.values())
                    self.facts.lock_ops.append(LockFact(self.function, op.at, taken, True, before, state.dropped))
                state.take(taken)
        for key in facts.releases:
            self._outlived(key, state)
            if key in state.held:
                del state.held[key]
            else:
                state.dropped |= {key}
        if (
            facts.terminates
            and callee.body is not None
            and callee.parent is None
            and not facts.calls
            and _panics(callee)
        ):
            state.dead = True

    def _acquired(self, facts: FunctionFacts, callee: ir.Function, op: ir.Call, state: State) -> frozenset[Held]:
        """The locks (in the callee's terms) which a call takes and does not give back."""
        taken = facts.acquires
        if facts.acquires_if:
            for parameter, argument in zip(callee.params, op.arguments, strict=False):
                given = ir.strip(self.resolve(argument, state))
                for truth, text in ((True, "true"), (False, "false")):
                    known = isinstance(given, ir.Constant) and given.text == text
                    if known or (isinstance(given, ir.Local) and (given.variable, truth) in state.assumed):
                        taken |= facts.acquires_if.get((parameter, truth), frozenset())
        return taken

    def _callback(
        self,
        facts: FunctionFacts,
        parameter: ir.Variable,
        value: ir.Value,
        bound: dict[ir.Variable, ir.Value],
        op: ir.Call,
        state: State,
    ) -> None:
        """A function is passed to a function of the package, whose summary says what becomes of it."""
        targets = self.program.declared(value)
        spawn = facts.parameter_spawns.get(parameter)
        if spawn is not None:
            here = Spawn(
                self.function, op.at, f"started by {facts.function.name}", spawn.many or self._again(op, state)
            )
            if any(one.identity == spawn.identity for one in facts.running):
                state.live |= {here}
                signals = self.program.signals.get(spawn.identity, frozenset())
                ends = {ir.strip(t) for s in signals if (t := translate(s, bound)) is not None}
                self.program.signals[here.identity] = frozenset(ends)
            self._share(value, state)
            if isinstance(value, ir.Closure):
                self._enter_closure(value.function, state, here)
            self.program.signals[here.identity] = self.program.signals.get(here.identity, frozenset()) | self._ends(
                targets, value
            )
            for one in targets:
                # The callee starts several at each call: what is new in each iteration here is common to those.
                self._note_call(one, op.at, self._bound_receiver(one, value), state, here, several_here=spawn.many)
            if not targets and isinstance(value, ir.Local) and value.variable.kind == "param":
                self._parameter_spawned(value.variable, here)
            return
        inside = facts.parameter_calls.get(parameter)
        if inside is not None:
            held = dict(state.held)
            for lock in inside:
                translated = translate(lock.path, bound) if lock.path is not None else None
                taken = self._held(ir.strip(translated), lock.mode) if translated is not None else lock
                held[slot_for(taken, held)] = taken
            if isinstance(value, ir.Closure):
                inner = state.copy()
                self._enter_closure(value.function, inner)
            for one in targets:
                self._note_call(one, op.at, self._bound_receiver(one, value), state, None, held.values())
            if not targets and isinstance(value, ir.Local) and value.variable.kind == "param":
                self._parameter_called(value.variable, held.values())
            return
        stored = facts.parameter_stores.get(parameter)
        if stored is not None:
            self.program.keep(stored, value)
            self._share(value, state)
            if isinstance(value, ir.Closure):
                self._enter_closure(value.function, state)
            self._reference(value, op.at)
            return
        if isinstance(value, ir.Closure):
            self._enter_closure(value.function, state)
        self._reference(value, op.at)

    def _ends(self, targets: Iterable[ir.Function], value: ir.Value) -> frozenset[ir.Value]:
        """What functions that are handed to a goroutine tell others when they end, in the terms of this function."""
        found: set[ir.Value] = set()
        for one in targets:
            facts = self.program.facts.get(one)
            if facts is not None:
                found |= self._means(facts.signals, self._bound_receiver(one, value))
        return frozenset(found)

    def _again(self, op: ir.Call, state: State) -> bool:
        return any(s.identity == (self.function.path, op.at[0]) for s in state.live)

    @staticmethod
    def _bound_receiver(function: ir.Function, value: ir.Value) -> dict[ir.Variable, ir.Value]:
        if function.receiver is not None and isinstance(value, ir.MethodRef):
            return {function.receiver: ir.strip(value.base)}
        return {}

    def _parameter_called(self, variable: ir.Variable, held: Iterable[Held]) -> None:
        owner = self.program.facts.get(variable.function)
        if owner is not None and variable.function is not self.function and self.spawned_by:
            owner.parameter_spawns[variable] = self.spawned_by[-1]
            self.program.facts[variable.function] = owner
        elif owner is not None:
            now = frozenset(held)
            before = owner.parameter_calls.get(variable)
            owner.parameter_calls[variable] = now if before is None else before & now
            self.program.facts[variable.function] = owner

    def _instantiate(
        self,
        facts: FunctionFacts,
        bound: dict[ir.Variable, ir.Value],
        op: ir.Call,
        state: State,
        spawn: Spawn | None = None,
    ) -> None:
        """Accesses of the callee to maps that it was given are accesses to the caller's maps, here and now."""
        if not self.recording:
            return
        for access in facts.handed:
            start = ir.root(access.map)
            if not (isinstance(start, ir.Local) and start.variable in bound):
                continue
            path = rebase(access.map, start, bound[start.variable])
            key = place_key(path) if path is not None else None
            if path is None or key is None or _nameless(path):
                continue
            held = {slot: one for slot, one in state.held.items() if one.key not in access.dropped and spawn is None}
            for one in access.held:
                by_reference = one.path is not None and not is_copy(one.path)
                translated = translate(one.path, bound) if one.path is not None and by_reference else None
                taken = self._held(ir.strip(translated), one.mode) if translated is not None else one
                held[slot_for(taken, held)] = taken
            self.order += 1
            self.facts.accesses.append(
                AccessFact(
                    access.function,
                    access.at,
                    access.kind,
                    ir.strip(path),
                    key,
                    frozenset(held.values()),
                    state.dropped | access.dropped,
                    access.op,
                    owned=spawn is None and self._private(path, state),
                    owned_by=self._owner(path, state) if spawn is None else None,
                    live=self._widen(state.live - {spawn}) if spawn is not None else self._widen(state.live),
                    through=CallFact(self.function, facts.function, op.at, bound, frozenset(), frozenset()),
                    in_loop=self.loop_depth > 0,
                    order=self.order,
                    spawn=spawn,
                    distinct=spawn is not None and self._varies(path),
                    ordered=state.ordered,
                    exposed=self._exposed(path, state),
                    waited=state.orders(),
                )
            )

    def _leaves_running(self, value: ir.Result, state: State) -> bool:
        """Whether the call that gave a value has left goroutines behind."""
        for one in self.program.declared(self.resolve(value.call.callee, state)):
            facts = self.program.facts.get(one)
            if facts is not None and facts.running:
                return True
        return False

    def _made_here(self, path: ir.Value, state: State) -> bool:
        """Whether the object that a path starts in was made in this function, shared or not."""
        start = ir.root(path)
        if isinstance(start, ir.Local) and start.variable.function is self.function:
            behind = state.env.get(start.variable)
            start = ir.strip(behind) if behind is not None else start
            if isinstance(start, ir.Local):
                return start.variable.kind == "local" and self._is_value(start.variable.type)
        if isinstance(start, ir.Result):
            return self._made_by_call(start, state)
        return isinstance(start, (ir.Composite, ir.Make, ir.New))

    def _makes(self, value: ir.Value, state: State) -> bool:
        """Whether a value that is returned is an object made here, for certain."""
        bare = ir.strip(value)
        if isinstance(bare, ir.Local) and bare.variable not in state.env and bare.variable.assignments > 1:
            return False  # a struct that may be a copy of another one, with its maps
        return not isinstance(bare, (ir.Field, ir.Element, ir.Item)) and self._made_here(value, state)

    def _made_by_call(self, value: ir.Result, state: State) -> bool:
        """Whether a call has made the object that it gave: a constructor of this package, or one of another by its name."""
        callee = self.resolve(value.call.callee, state)
        declared = self.program.declared(callee)
        if declared:
            facts = [self.program.facts.get(one) for one in declared]
            return all(one is not None and value.index in one.makes for one in facts)
        return isinstance(callee, ir.FunctionRef) and callee.name.startswith("New") and callee.package != "builtin"

    def _exposed(self, path: ir.Value, state: State) -> bool:
        """Whether a goroutine that was started before can reach the object that a path starts in."""
        start = ir.root(path)
        if isinstance(start, ir.Local):
            if start.variable in state.shared or start.variable.function is not self.function:
                return True
            # What a constructor of this package gives may have a goroutine of its own.
            behind = ir.strip(state.env.get(start.variable, start))
            return isinstance(behind, ir.Result) and self._leaves_running(behind, state)
        # What an unknown call gave may be anybody's; that it is reachable for others has no witness.
        return isinstance(start, ir.Global)

    def _handed(self) -> list[AccessFact]:
        """The accesses to maps that callers hand in: those whose place has no name of its own in other functions."""
        found: dict[tuple[str, int, str, ir.Value], AccessFact] = {}
        for access in self.facts.accesses:
            start = ir.root(access.map)
            if not (isinstance(start, ir.Local) and start.variable.kind in ("param", "receiver")):
                continue
            if access.kind == "copy" or (access.kind == "replace" and ir.strip(access.map) == start):
                continue
            if any(isinstance(part, ir.Field) and part.owner for part in prefixes(access.map)):
                continue
            found.setdefault((access.function.path, access.at[0], access.kind, access.map), access)
            if len(found) >= _MAX_HANDED:
                break
        return list(found.values())

    def _call_stored(self, callee: ir.Value, op: ir.Call, state: State) -> bool:
        """A call of a function-typed field, variable or parameter: of everything that was stored there."""
        bare = ir.strip(callee)
        if isinstance(bare, ir.Local) and bare.variable.kind == "param":
            self._parameter_called(bare.variable, state.held.values())
            self._callbacks_unknown(op, state)
            return True
        functions = self._stored_functions(bare)
        for one in functions:
            bound = {**self._arguments(one, op, state), **self._holder(one, bare)}
            self._note_call(one, op.at, bound, state, None)
        if functions:
            self._callbacks_unknown(op, state)
        return bool(functions)

    def _holder(self, function: ir.Function, callee: ir.Value) -> dict[ir.Variable, ir.Value]:
        """`x.f()` of a stored function: what held x where it was stored is now the x of this call."""
        key = place_key(callee)
        if not isinstance(callee, ir.Field) or key is None:
            return {}
        variable = self.program.stored_on.get((key, function))
        if variable is None:
            return {}
        bound: dict[ir.Variable, ir.Value] = {variable: ir.strip(callee.base)}
        for value in self.program.stored[key]:
            if (
                isinstance(value, ir.MethodRef)
                and function.receiver is not None
                and function in self.program.declared(value)
            ):
                if ir.strip(value.base) == ir.Local(variable):
                    bound[function.receiver] = ir.strip(callee.base)
        return bound

    def _stored_functions(self, callee: ir.Value) -> list[ir.Function]:
        key = f"local:{id(callee.variable)}" if isinstance(callee, ir.Local) else place_key(callee)
        found: list[ir.Function] = []
        for value in self.program.stored.get(key, ()) if key is not None else ():
            found.extend(self.program.declared(value))
        return found

    def _callbacks_unknown(self, op: ir.Call, state: State) -> None:
        for argument in op.arguments:
            resolved = ir.strip(self.resolve(argument, state))
            if isinstance(resolved, ir.Closure):
                self._enter_closure(resolved.function, state)
            if isinstance(resolved, (ir.Closure, ir.MethodRef, ir.FunctionRef)):
                self._reference(resolved, op.at, state)

    def _call_unknown(self, op: ir.Call, callee: ir.Value, state: State) -> None:
        """A function of another module: it calls back at once, if at all, and keeps nothing."""
        for argument in op.arguments:
            resolved = ir.strip(self.resolve(argument, state))
            if isinstance(resolved, ir.Closure):
                self._enter_closure(resolved.function, state)
                self._note_call(resolved.function, op.at, {}, state, None)
            elif isinstance(resolved, (ir.MethodRef, ir.FunctionRef)):
                self._reference(resolved, op.at, state)
            elif isinstance(resolved, ir.Local) and resolved.variable.kind == "param":
                if isinstance(self.world.underlying(resolved.type), Func):
                    self._parameter_called(resolved.variable, state.held.values())
            self._copied(argument, resolved, op, state)

    # --- closures -----------------------------------------------------------------------------------------------------

    def _enter_closure(self, function: ir.Function, state: State, spawn: Spawn | None = None) -> None:
        """Interpret a function literal with what is known where it is made (or run)."""
        if function.parent is None or function in self._recorded:
            return
        if self.recording:
            self._recorded.add(function)
        elif function in self.program.facts:
            return
        inner = State(env=dict(state.env), shared=state.shared, given=state.given)
        if spawn is not None:
            self.spawned_by.append(spawn)
        self._enter(function, inner)
        if spawn is not None:
            self.spawned_by.pop()

    def _mention_all(self, values: Iterable[ir.Value | None], state: State) -> None:
        if self.function.closures:
            for value in values:
                if value is not None:
                    self._mention(value, state)

    def _mention(self, value: ir.Value, state: State, enter: bool = True) -> None:
        """Function literals inside a value are interpreted where they are made."""
        if not self.function.closures:
            return
        for part in leaves(value):
            if isinstance(part, ir.Closure) and enter:
                self._enter_closure(part.function, state)


def _may_be_success(values: tuple[ir.Value, ...]) -> bool:
    """Whether a return may be one without an error: it says nil, or hands on whatever a call of it gave."""
    last = ir.strip(values[-1])
    if isinstance(last, ir.Nil):
        return True
    if not isinstance(last, ir.Result) or not isinstance(last.call.callee, (ir.FunctionRef, ir.MethodRef)):
        return False
    return len(values) > 1 and last.index == len(values) - 1 and len(last.call.results) == len(values)


def is_parallel(function: ir.Function) -> bool:
    """Whether a test function declares itself parallel."""
    return function.body is not None and any(
        isinstance(op, ir.Call) and qualified_name(op.callee) == "testing.T.Parallel" for op in function.body.ops
    )


def _nameless(path: ir.Value) -> bool:
    """Whether a map is known only as what a call gave: two calls may give two maps."""
    return isinstance(ir.root(path), ir.Result) and not any(
        isinstance(part, ir.Field) and part.owner for part in prefixes(path)
    )


def _names_something(value: ir.Value) -> bool:
    """Whether a value is a way to an object that exists already, rather than a new one or what a call gave."""
    return isinstance(ir.strip(value), (ir.Local, ir.Global, ir.Field, ir.Element))


def _is_flag(op: ir.If) -> bool:
    """Whether a condition is a flag that its body sets: `if !s.running { s.running = true … }`."""
    condition = op.condition
    if (
        not isinstance(condition, ir.Unary)
        or condition.op != "!"
        or not isinstance(condition.operand, (ir.Field, ir.Global))
    ):
        return False
    return any(
        isinstance(one, ir.Assign)
        and one.target == condition.operand
        and isinstance(one.value, ir.Constant)
        and one.value.text == "true"
        for one in op.then.ops
    )


def _panics(function: ir.Function) -> bool:
    return function.body is not None and any(isinstance(op, ir.Jump) and op.kind == "panic" for op in function.body.ops)


# What stands for itself in every state.
_RESOLVED = frozenset(
    (
        ir.FunctionRef,
        ir.Global,
        ir.Constant,
        ir.Nil,
        ir.Composite,
        ir.Make,
        ir.New,
        ir.Binary,
        ir.Opaque,
        ir.Closure,
        ir.Found,
    )
)

_HANDLERS: dict[type[ir.Op], Callable[..., State]] = {
    ir.Access: Interpreter._access,
    ir.Assign: Interpreter._assign,
    ir.Call: Interpreter._call_op,
    ir.Return: Interpreter._return,
    ir.Send: Interpreter._send,
    ir.Receive: Interpreter._receive,
    ir.Jump: Interpreter._jump,
    ir.Block: Interpreter._nested_block,
    ir.If: Interpreter._if,
    ir.Loop: Interpreter._loop,
    ir.Range: Interpreter._range,
    ir.Switch: Interpreter._switch,
    ir.Select: Interpreter._select,
}
