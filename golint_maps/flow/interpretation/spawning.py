"""Goroutines that start: by `go`, by libraries, by functions of this package and of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from golint_maps.flow import ir, models
from golint_maps.flow.facts import FunctionFacts, Spawn
from golint_maps.flow.hooks import INFORMER, kept_by
from golint_maps.flow.interpretation.literals import Literals
from golint_maps.flow.interpretation.naming import Naming
from golint_maps.flow.interpretation.ownership import Ownership
from golint_maps.flow.interpretation.recording import Recorder
from golint_maps.flow.interpretation.references import References
from golint_maps.flow.interpretation.state import State
from golint_maps.flow.interpretation.walk import Walk
from golint_maps.flow.locks import EXCLUSIVE, SHARED, Held
from golint_maps.flow.places import keys_of
from golint_maps.flow.program import home_of, qualified_name
from golint_maps.flow.sets import frozen
from golint_maps.types.declarations import Started
from golint_maps.types.model import Basic, Func, Interface, Named, qualified_name_of
from golint_maps.types.starting import STARTING_NAMES

# Goroutines that may still run, of those that one function starts; more are not followed.
_MAX_LIVE = 200

_FUNCTIONS = (ir.Closure, ir.MethodRef, ir.FunctionRef)


class Spawning:
    """Starts goroutines, and tells which calls do."""

    def __init__(
        self,
        walk: Walk,
        naming: Naming,
        ownership: Ownership,
        recorder: Recorder,
        references: References,
        literals: Literals,
    ) -> None:
        self.walk = walk
        self.program = walk.program
        self.world = walk.program.world
        self.naming = naming
        self.ownership = ownership
        self.recorder = recorder
        self.references = references
        self.literals = literals
        # The `go` statements that a flag lets run one at a time.
        self.flagged: set[tuple[str, int]] = set()

    def spawned(
        self, op: ir.Call, callee: ir.Value, arguments: tuple[ir.Value, ...], state: State, spawner: models.Spawner
    ) -> None:
        """A goroutine starts: `go f(x)`, or a library call that runs one of its arguments on another goroutine."""
        frame = self.walk.frame
        single = spawner.one_thread or (frame.function.path, op.at[0]) in self.flagged
        many = spawner.multiplicity == models.MANY
        spawn = Spawn(
            frame.function,
            op.at,
            spawner.title,
            many,
            single,
            alone=spawner.alone,
            kept=spawner.kept,
            runner=spawner.runner,
            one_thread=spawner.one_thread,
        )
        known = next((s for s in state.live if s.identity == spawn.identity), None)
        if known is not None and not single:
            spawn = replace(spawn, many=True)
        signals: set[ir.Value] = set()
        ends: set[ir.Value] = set()
        if spawner.argument == -3:
            for argument in arguments:
                self.literals.mention(argument, state)
            runners = [(callee, op)]
            if not self.program.declared(callee) and isinstance(callee, (ir.FunctionRef, ir.MethodRef)):
                # `go wait.Until(s.sync, …)`: what an unknown function is given, it calls on its goroutine.
                given = (one for argument in arguments for one in self._given(ir.strip(argument), state))
                runners += [(one, ir.Call(op.at, one, ())) for one in given]
        else:
            chosen = arguments if spawner.argument < 0 else arguments[spawner.argument : spawner.argument + 1]
            for argument in arguments:
                self.literals.mention(argument, state, enter=False)
            runners = []
            for argument in chosen:
                runner = self._runner(self.naming.resolve(argument, state))
                if runner is not None:
                    runners.append((runner, ir.Call(op.at, runner, ())))
            if spawner.joined_by_wait and isinstance(callee, (ir.MethodRef, ir.Field)):
                signals.add(ir.strip(callee.base))
                ends.add(ir.strip(callee.base))
        if not spawn.kept and (known is not None or len(state.live) < _MAX_LIVE):
            state.live = frozenset(s for s in state.live if s.identity != spawn.identity) | {spawn}
        for runner, call in runners:
            self.ownership.share(runner, state)
            for argument in call.arguments:
                if not isinstance(argument.type, Basic):  # a number that is taken out of an object is no way to it
                    self.ownership.share(argument, state)
                self.references.copied(argument, self.naming.resolve(argument, state), op, state)
            if isinstance(runner, ir.Closure):
                self.literals.enter(runner.function, state, spawn)
            targets = self.program.declared(runner) or self.program.stored_functions(runner)
            for one in targets:
                bound = {**self.naming.arguments(one, call, state), **self.program.holder(one, runner)}
                if isinstance(runner, ir.MethodRef) and one.receiver is not None:
                    bound[one.receiver] = ir.strip(runner.base)
                facts = self.program.facts.get(one)
                if facts is not None:
                    signals |= self.naming.means(facts.signals, bound)
                    ends |= self.naming.means(facts.ends, bound)
                # What is handed over once is the same whenever it is called.
                once = spawn.kept and not frame.loops
                self.recorder.note_call(one, op.at, bound, state, spawn, several_here=once)
                if facts is not None:
                    self.recorder.instantiate(facts, bound, op, state, spawn)
                    self._handed_functions(facts, one, call, state, spawn)
            if not targets and isinstance(runner, ir.Local) and runner.variable.kind == "param":
                self.parameter_spawned(runner.variable, spawn)
        self.program.signals[spawn.identity] = frozenset(signals)
        if not spawn.kept:
            state.starts((spawn,), frame.loops)
            # A group that was waited for has somebody to wait for again.
            state.waited = frozen(one for one in state.waited if one not in ends)
        if spawner.awaited:
            state.live = frozenset(one for one in state.live if one.identity != spawn.identity)
        frame.facts.ended[spawn.identity] = keys_of(ends)

    def hooked(self, op: ir.Op, state: State) -> None:
        """Functions are put into fields from which others call them on goroutines."""
        for spawner, at, value in self.program.hooks[op]:
            self._keeps(at, value, state, spawner)

    def _keeps(self, at: ir.Span, value: ir.Value, state: State, spawner: models.Spawner) -> None:
        """Somebody keeps a function, or an object, that will be called on a goroutine."""
        if spawner.multiplicity == models.MANY and _is_for_one_call(ir.outermost(self.walk.frame.function)):
            spawner = replace(spawner, multiplicity=models.ONE)
        spawner = replace(spawner, argument=-2)
        methods = [one for name in spawner.methods if (one := self.method_of(value, name, state, at)) is not None]
        given = tuple(methods) if spawner.methods else (value,)
        self.spawned(ir.Call(at, value, given), value, given, state, spawner)

    def method_of(self, value: ir.Value, name: str, state: State, at: ir.Span) -> ir.Value | None:
        """A method of an object of this package."""
        found = self.world.method(value.type, name)
        if found is None or found.owner is None or found.owner.package != self.program.package:
            return None
        base = ir.strip(self.naming.resolve(value, state))
        return ir.MethodRef(base, name, found.owner.qualified, type=found.declaration.signature, at=at)

    def kept(self, callee: ir.Value, op: ir.Call, state: State) -> bool:
        """Whether a function of another package keeps some of what it is given, and goroutines of that package call it."""
        home = home_of(callee)
        if home is None or home[0] == self.program.package or not self.world.in_run(f"{home[0]}."):
            return False
        package, owner, name = home
        declared = self.world.package(package)
        if isinstance(callee.type, Func) and any(getattr(one, "name", "") == "Locker" for one in callee.type.params):
            return False  # it is told to take that lock for what it calls
        several = declared.kept.get(f"{owner}.{name}" if owner else name, ()) if declared is not None else ()
        for started in several:
            variadic = isinstance(callee.type, Func) and callee.type.variadic
            last = len(callee.type.params) - 1 if isinstance(callee.type, Func) else -1
            end = None if variadic and started.index == last else started.index + 1
            for argument in op.arguments[started.index : end]:
                self._keeps(op.at, argument, state, kept_by(started, f"{package.rpartition('/')[2]}.{name}"))
        return bool(several)

    def informer(self, callee: ir.Value, op: ir.Call, state: State) -> bool:
        """Whether an informer is given an object of this package as its handler: `informer.AddEventHandler(c)`."""
        name = callee.name if isinstance(callee, (ir.MethodRef, ir.Field)) else ""
        if not name.startswith("AddEventHandler") or not op.arguments:
            return False
        handler = ir.strip(self.naming.resolve(op.arguments[0], state))
        type_ = self.world.named(handler.type)
        if type_ is None or not self.world.in_run(type_.qualified):
            return False
        self._keeps(op.at, op.arguments[0], state, INFORMER)
        return True

    def _handed_functions(
        self, facts: FunctionFacts, callee: ir.Function, call: ir.Call, state: State, spawn: Spawn
    ) -> None:
        """`go run(f)`: what `run` calls without a lock of its own runs on the new goroutine, too."""
        for parameter, argument in zip(callee.params, call.arguments, strict=False):
            if parameter in facts.parameter_calls and not facts.parameter_calls[parameter]:
                value = ir.strip(self.naming.resolve(argument, state))
                if isinstance(value, ir.Local) and value.variable.kind == "param":
                    self.parameter_spawned(value.variable, spawn)
                for function in self.program.declared(value):
                    self.recorder.note_call(
                        function, call.at, self.naming.bound_receiver(function, value), state, spawn
                    )

    def parameter_spawned(self, variable: ir.Variable, spawn: Spawn) -> None:
        """A function that was passed as a parameter runs on a goroutine."""
        owner = self.program.facts.get(variable.function)
        if owner is not None:
            owner.parameter_spawns[variable] = spawn
            self.program.facts[variable.function] = owner

    def _given(self, argument: ir.Value, state: State) -> Iterator[ir.Value]:
        """The function that an argument is, and those which the call that made it was given: `wait.Until(run(s.sync), …)`."""
        several = [argument]
        if isinstance(argument, ir.Result) and isinstance(self.world.underlying(argument.type), Func):
            several += argument.call.arguments
        for one in several:
            value = ir.strip(self.naming.resolve(one, state))
            if isinstance(value, _FUNCTIONS):
                yield value

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
                inner = Spawning._runner(argument)
                if inner is not None:
                    return inner
        return None

    def parallel_test(self, op: ir.Call, state: State) -> models.Spawner | None:
        """`t.Run(name, f)` starts f as a goroutine of its own if f calls `t.Parallel()`."""
        if len(op.arguments) < 2:
            return None
        for one in self.program.declared(ir.strip(self.naming.resolve(op.arguments[1], state))):
            if is_parallel(one):
                return models.Spawner(1, models.ONE, models.PARALLEL_TEST)
        return None

    @staticmethod
    def router(callee: ir.Value, op: ir.Call) -> models.Spawner | None:
        """What a method does whose name and path say that it registers a handler: `r.GET("/users", list)`."""
        name = callee.name if isinstance(callee, (ir.MethodRef, ir.Field)) else ""
        if name in models.ROUTER_METHODS and len(op.arguments) >= 2:
            first = op.arguments[0]
            if isinstance(first, ir.Constant) and first.text[:2] in ('"/', "`/", '""'):
                return models.Spawner(-1, models.MANY, "which runs once per request")
        return None

    def library(self, callee: ir.Value, state: State) -> models.Spawner | None:
        """What a method does of an object which a library has made whose types are not here: `c := cron.New(); c.AddFunc(f)`."""
        if not isinstance(callee, ir.Field) or callee.owner or callee.name not in models.METHODS:
            return None
        maker = ir.strip(self.naming.resolve(callee.base, state))
        if isinstance(maker, ir.Local):
            maker = ir.strip(state.env.get(maker.variable, maker))
        made_by = maker.call.callee if isinstance(maker, ir.Result) else None
        package = made_by.package if isinstance(made_by, ir.FunctionRef) else ""
        return models.METHODS[callee.name].get(package)

    def imported(self, callee: ir.Value, op: ir.Call) -> models.Spawner | None:
        """What a function of another package does that runs a parameter on goroutines."""
        for one in self._starts(callee):
            title = f"started by {ir.text_of(op.callee)}"
            return models.Spawner(one.index, models.MANY if one.many else models.ONE, title, True, one.awaited)
        return None

    def _starts(self, callee: ir.Value) -> tuple[Started, ...]:
        home = home_of(callee)
        if home is None:
            return ()
        package, owner, name = home
        if owner:
            declaration = self.world.declaration(Named(package, owner))
            method = declaration.methods.get(name) if declaration is not None else None
            return method.starts if method is not None else ()
        declared = self.world.package(package)
        function = declared.functions.get(name) if declared is not None else None
        return function.starts if function is not None else ()

    def starter(self, callee: ir.Value, op: ir.Call, state: State) -> models.Spawner | None:
        """What a function of an unknown package does whose name says that it starts a goroutine: `g.Go(f)`, `SafeGo(f)`."""
        if isinstance(callee, (ir.MethodRef, ir.Field, ir.FunctionRef)) and callee.name in STARTING_NAMES:
            for index, argument in enumerate(op.arguments):
                if isinstance(
                    ir.strip(self.naming.resolve(argument, state)), (ir.Closure, ir.MethodRef, ir.FunctionRef)
                ):
                    title = f"started by {ir.text_of(op.callee)}"
                    return models.Spawner(index, models.ONE, title, joined_by_wait=True)
        return None

    def timer(self, callee: ir.Value, op: ir.Call, state: State) -> models.Spawner | None:
        """What a clock does that may be another one than that of the system: `clock.AfterFunc(time.Second, func() { … })`.

        One that is declared here, rather than an interface, shows what it does. Only literals count, whose other side is in
        sight: methods that are handed to a clock of one's own may well have a way of their own to keep others out.
        """
        if not isinstance(callee, (ir.MethodRef, ir.Field)) or callee.name != "AfterFunc" or len(op.arguments) != 2:
            return None
        if self.program.declared(callee) and not isinstance(self.world.underlying(callee.base.type), Interface):
            return None
        given = ir.strip(self.naming.resolve(op.arguments[1], state))
        return models.THREADS["time.AfterFunc"] if isinstance(given, ir.Closure) else None

    def ends(self, targets: Iterable[ir.Function], value: ir.Value) -> frozenset[ir.Value]:
        """What functions that are handed to a goroutine tell others when they end, in the terms of this function."""
        found: set[ir.Value] = set()
        for one in targets:
            facts = self.program.facts.get(one)
            if facts is not None:
                found |= self.naming.means(facts.signals, self.naming.bound_receiver(one, value))
        return frozenset(found)

    def again(self, op: ir.Call, state: State) -> bool:
        """Whether a goroutine that a call starts may still run from the time before."""
        return any(s.identity == (self.walk.frame.function.path, op.at[0]) for s in state.live)

    def parameter_called(
        self, variable: ir.Variable, held: Iterable[Held], private: frozenset[int] = frozenset()
    ) -> None:
        """A function that was passed as a parameter is called under these locks, or on the goroutine at hand.

        `private` are the positions of the arguments that nobody else can reach.
        """
        owner = self.program.facts.get(variable.function)
        if owner is not None and variable.function is not self.walk.frame.function and self.walk.spawned_by:
            owner.parameter_spawns[variable] = self.walk.spawned_by[-1]
            self.program.facts[variable.function] = owner
        elif owner is not None:
            now = frozenset(held)
            before = owner.parameter_calls.get(variable)
            owner.parameter_calls[variable] = now if before is None else _held_both_times(before, now)
            owner.parameter_gets[variable] = owner.parameter_gets.get(variable, private) & private
            self.program.facts[variable.function] = owner


def _held_both_times(one: frozenset[Held], other: frozenset[Held]) -> frozenset[Held]:
    """The locks that are held in two places; in shared mode, if they are so in one of them."""
    weaker = (replace(held, mode=SHARED) for held in one - other if not held.once)
    return (one & other) | {held for held in weaker if held in other or replace(held, mode=EXCLUSIVE) in other}


def is_parallel(function: ir.Function) -> bool:
    """Whether a test function declares itself parallel."""
    return function.body is not None and any(
        isinstance(op, ir.Call) and qualified_name(op.callee) == "testing.T.Parallel" for op in function.body.ops
    )


def _is_for_one_call(function: ir.Function) -> bool:
    """Whether a function is part of what happens for one request, as what it takes tells: what it makes is for that one."""
    names = (qualified_name_of(one.type) for one in function.params)
    return any(
        name == "context.Context" or name in models.HANDLER_PARAMETERS or name == models.REQUEST for name in names
    )
