"""What a call does: a lock operation, a join, a spawn, a call of a function of the package, or a library's."""

from __future__ import annotations

from dataclasses import replace

from golint_maps.flow import ir, models
from golint_maps.flow.facts import FunctionFacts, LockFact, Spawn
from golint_maps.flow.interpretation.effects import Effects
from golint_maps.flow.interpretation.imported import Imported
from golint_maps.flow.interpretation.literals import Literals
from golint_maps.flow.interpretation.naming import Naming
from golint_maps.flow.interpretation.ownership import Ownership
from golint_maps.flow.interpretation.recording import Recorder
from golint_maps.flow.interpretation.references import References
from golint_maps.flow.interpretation.spawning import Spawning
from golint_maps.flow.interpretation.state import State, slot_for, widen
from golint_maps.flow.interpretation.synchronisation import Synchronisation
from golint_maps.flow.interpretation.walk import Walk
from golint_maps.flow.locks import EXCLUSIVE, ONCE_BODY, ONCE_DONE, SHARED, Held, held_of, is_copy, lock_op
from golint_maps.flow.outward import translate
from golint_maps.flow.program import leaves, qualified_name
from golint_maps.flow.sets import frozen
from golint_maps.types.declarations import Called
from golint_maps.types.model import Func

# The signals by which a goroutine that a call leaves behind is known to end.
_MAX_SIGNALS = 12

# What takes the place of a weighted semaphore, and what gives it back.
_SEMAPHORE = {"Acquire": True, "Release": False}


class Calls:
    """Carries out calls, of other functions by their summaries."""

    def __init__(
        self,
        walk: Walk,
        naming: Naming,
        ownership: Ownership,
        synchronisation: Synchronisation,
        recorder: Recorder,
        references: References,
        literals: Literals,
        effects: Effects,
        spawning: Spawning,
    ) -> None:
        self.walk = walk
        self.program = walk.program
        self.world = walk.program.world
        self.naming = naming
        self.ownership = ownership
        self.synchronisation = synchronisation
        self.recorder = recorder
        self.references = references
        self.literals = literals
        self.effects = effects
        self.spawning = spawning
        self.imported = Imported(walk, naming, recorder)

    def call(self, op: ir.Call, state: State, deferred: bool = False) -> None:
        """A call happens: lock operation, join, spawn, call of a function of the package, or a library's."""
        frame = self.walk.frame
        callee = self.naming.resolve(op.callee, state)
        if op.mode == "go":
            self.spawning.spawned(
                op,
                callee,
                op.arguments,
                state,
                models.Spawner(-3, models.ONE, f"started in {frame.function.name}"),
            )
            return
        if isinstance(callee, (ir.MethodRef, ir.FunctionRef)) and models.ON_ONE_THREAD.search(callee.name):
            self.spawning.spawned(op, callee, op.arguments, state, models.MAIN_THREAD)
            return
        if not deferred:
            self.literals.mention_all(op.arguments, state)
        declared = self.program.declared(callee)
        operation = lock_op(callee)
        if operation is not None and isinstance(op.callee, (ir.MethodRef, ir.Field)) and is_copy(op.callee.base):
            operation = replace(operation, lock=ir.strip(op.callee.base))
        if operation is not None and operation.takes and op.arguments and _gives_object(op, frame.function):
            operation = None
        if operation is not None and not self._locks_inside(declared):
            self.synchronisation.lock(operation, op, state, deferred)
            return
        if isinstance(callee, (ir.MethodRef, ir.Field)):
            if self._library_method(callee, op, state):
                return
            if callee.name in _SEMAPHORE and self.synchronisation.has_one_slot(base := ir.strip(callee.base), state):
                self.synchronisation.semaphore(base, state, sends=_SEMAPHORE[callee.name])
                return
        if isinstance(callee, ir.FunctionRef) and callee.package == "builtin":
            if callee.name == "close" and op.arguments:
                frame.signals[ir.strip(self.naming.resolve(op.arguments[0], state))] = self.walk.order
            return
        name = qualified_name(callee)
        if name == "sync.Pool.Put" and op.arguments:
            self.synchronisation.pass_on(op.arguments[0].type, frame.facts.pooled)
        if name == "sync.Once.Do" and isinstance(callee, ir.MethodRef) and op.arguments:
            self._once(callee.base, op, state)
            return
        spawner = self.program.extra_spawners.get(name) or models.THREADS.get(name)
        spawner = spawner or self.spawning.timer(callee, op, state)
        if spawner is None and not declared:
            if self.spawning.informer(callee, op, state):
                return
            spawner = (
                self.spawning.library(callee, state)
                or self.spawning.imported(callee, op)
                or self.spawning.router(callee, op)
                or self.spawning.starter(callee, op, state)
            )
            if spawner is None and self.spawning.kept(callee, op, state):
                self.imported.called(op, callee, state)
                return
        one_request = spawner is not None and frame.function.is_test and spawner.multiplicity == models.MANY
        if one_request or name.startswith(models.COROUTINES):  # a test serves one request at a time
            self._callbacks_unknown(op, state)
            return
        if spawner is not None:
            self.spawning.spawned(op, callee, op.arguments, state, spawner)
            return
        if name in ("testing.T.Run", "testing.B.Run"):
            spawner = self.spawning.parallel_test(op, state)
            if spawner is not None:
                self.spawning.spawned(op, callee, op.arguments, state, spawner)
                return
        if declared:
            for one in declared:
                self._call_declared(one, op, callee, state)
            return
        if isinstance(callee, (ir.Field, ir.Global, ir.Local, ir.Element)) and self._call_stored(callee, op, state):
            return
        if isinstance(callee, (ir.MethodRef, ir.Field, ir.FunctionRef)) and (
            callee.name in models.LATER or name in models.BY_ACTORS or self._runs_in_turn(callee)
        ):
            self._callbacks_unknown(op, state)
            return
        self._call_unknown(op, callee, state)

    def _runs_in_turn(self, callee: ir.Value) -> bool:
        """Whether a method is one of a loop, by its type's name, whose goroutine runs what it is given: `a.loop.Run(f)`."""
        named = self.world.named(callee.base.type) if isinstance(callee, (ir.MethodRef, ir.Field)) else None
        return named is not None and named.name.endswith("Loop")

    def call_op(self, op: ir.Call, state: State) -> State:
        """A call statement, which a `defer` puts off."""
        if op.mode == "defer":
            self.literals.mention_all(op.arguments, state)
            state.deferred = (*state.deferred, op)
            return state
        self.call(op, state)
        return state

    def _once(self, once: ir.Value, op: ir.Call, state: State) -> None:
        """`once.Do(f)`: f runs at most once, and is over when Do returns, whoever called it."""
        path = ir.strip(once)
        body, done = held_of(path, ONCE_BODY), held_of(path, ONCE_DONE)
        value = ir.strip(self.naming.resolve(op.arguments[0], state))
        if isinstance(value, ir.Closure):
            self.literals.enter(value.function, state)
        for one in self.program.declared(value):
            bound = self.naming.bound_receiver(one, value)
            self.recorder.note_call(one, op.at, bound, state, None, [*state.held.values(), body])
        state.held[done.key] = done

    def _locks_inside(self, declared: list[ir.Function]) -> bool:
        """Whether a method named Lock or Unlock is a helper of this package whose effect on inner locks is known."""
        for one in declared:
            facts = self.program.facts.get(one)
            if facts is not None and (facts.acquires or facts.releases):
                return True
        return False

    def _library_method(self, callee: ir.MethodRef | ir.Field, op: ir.Call, state: State) -> bool:
        """Methods whose meaning is in their name: `wg.Wait()`, `wg.Done()`, a cond's `Wait`."""
        if isinstance(callee, ir.MethodRef) and self.program.declared(callee):
            return False
        base = ir.strip(callee.base)
        if callee.name == "Done" and not op.arguments:
            self.walk.frame.signals[base] = self.walk.order
        elif callee.name.endswith("Wait") and not op.arguments:  # also `StopAndWait` of wrappers
            self.synchronisation.join(base, state, in_loop=False, wait=True)
            state.waited |= {base}
            return True
        elif callee.name == "Err" and not op.arguments:  # of a group, which waits for what it has started
            self.synchronisation.end(frozen((base,)), state)
        return False

    def _call_declared(self, callee: ir.Function, op: ir.Call, target: ir.Value, state: State) -> None:
        frame = self.walk.frame
        if isinstance(target, ir.Closure):
            self.literals.enter(callee, state)
        bound = self.naming.arguments(callee, op, state)
        facts = self.program.facts.get(callee)
        self.recorder.note_call(callee, op.at, bound, state, None)
        if facts is None:
            self._callbacks_unknown(op, state)
            return
        for parameter, argument in zip(callee.params, op.arguments, strict=False):
            resolved = ir.strip(self.naming.resolve(argument, state))
            self.references.copied(argument, resolved, op, state)
            if not isinstance(self.world.underlying(parameter.type), Func):
                continue
            self._callback(facts, parameter, resolved, bound, op, state)
        self.recorder.instantiate(facts, bound, op, state)
        for variable in facts.escapes:
            if variable in bound:
                self.ownership.share(bound[variable], state)
        replaced = self.naming.means(facts.replaces, bound)
        if replaced:
            self.effects.forget(replaced, state)
            frame.replaced |= replaced
        frame.signals.update(dict.fromkeys(self.naming.means(facts.signals, bound), -1))
        frame.signals.update(dict.fromkeys(self.naming.means(facts.ends, bound), self.walk.order))
        state.waited |= self.naming.translated(facts.waited, bound)
        state.received |= self.naming.translated(facts.received, bound)
        waited = self.naming.means(facts.joins, bound)
        if waited:
            frame.joins |= waited
            self.synchronisation.end(waited, state)
        if facts.running:
            known = {spawn.identity for spawn in state.live}
            for spawn in facts.running:
                (frame.twice if spawn.identity in known else frame.left).add(spawn.identity)
            left = frozen(replace(s, left=True) for s in facts.running if s.identity not in known)
            state.live = widen(state.live | left)
            state.starts(facts.running, self.walk.frame.loops)
            for spawn in facts.running:
                here = self.program.signals.get(spawn.identity, frozen())
                if len(here) <= _MAX_SIGNALS:
                    outer = {ir.strip(t) for s in here if (t := translate(s, bound)) is not None}
                    self.program.signals[spawn.identity] = here | outer
        for held in self.synchronisation.acquired(facts, callee, op, state):
            taken = self._here(held, bound)
            if taken is not None:
                if self.walk.recording and taken.path is not None:
                    before = frozen(state.held.values())
                    frame.facts.lock_ops.append(LockFact(frame.function, op.at, taken, True, before, state.dropped))
                state.take(taken)
        for one in self.synchronisation.passed_on(facts, callee, op, state):
            taken = self._here(one.held, bound)
            if taken is not None and any(held.key == taken.key for held in state.held.values()):
                state.perhaps |= {replace(one, held=taken)}
        for key in facts.releases:
            self.synchronisation.outlived(key, state)
            state.perhaps = frozen(one for one in state.perhaps if one.held.key != key)
            state.under = frozen(one for one in state.under if one.held.key != key)
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

    def _here(self, held: Held, bound: dict[ir.Variable, ir.Value]) -> Held | None:
        """A lock that a call has taken, in the terms of this function; those of all elements of a list have no path."""
        if held.path is None:
            return held
        translated = translate(held.path, bound)
        return self.synchronisation.held(ir.strip(translated), held.mode) if translated is not None else None

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
                self.walk.frame.function,
                op.at,
                f"started by {facts.function.name}",
                spawn.many or (self.spawning.again(op, state) and not spawn.one_thread),
                single=spawn.one_thread,
                one_thread=spawn.one_thread,
            )
            if any(one.identity == spawn.identity for one in facts.running):
                state.live |= {here}
                state.starts((here,), self.walk.frame.loops)
                signals = self.program.signals.get(spawn.identity, frozen())
                ends = {ir.strip(t) for s in signals if (t := translate(s, bound)) is not None}
                self.program.signals[here.identity] = frozen(ends)
            self.ownership.share(value, state)
            if isinstance(value, ir.Closure):
                self.literals.enter(value.function, state, here)
            self.program.signals[here.identity] = self.program.signals.get(
                here.identity, frozen()
            ) | self.spawning.ends(targets, value)
            for one in targets:
                # The callee starts several at each call: what is new in each iteration here is common to those.
                self.recorder.note_call(
                    one, op.at, self.naming.bound_receiver(one, value), state, here, several_here=spawn.many
                )
            if not targets and isinstance(value, ir.Local) and value.variable.kind == "param":
                self.spawning.parameter_spawned(value.variable, here)
            return
        inside = facts.parameter_calls.get(parameter)
        if inside is not None and self._is_returned(parameter, facts):
            self.ownership.share(value, state)
            return
        if inside is not None:
            held = dict(state.held)
            for lock in inside:
                translated = translate(lock.path, bound) if lock.path is not None else None
                taken = self.synchronisation.held(ir.strip(translated), lock.mode) if translated is not None else lock
                held[slot_for(taken, held)] = taken
            if isinstance(value, ir.Closure):
                inner = state.copy()
                self.literals.enter(value.function, inner)
            gets = facts.parameter_gets.get(parameter, frozen())
            for one in targets:
                given = frozen(variable for index, variable in enumerate(one.params) if index in gets)
                bound_receiver = self.naming.bound_receiver(one, value)
                self.recorder.note_call(one, op.at, bound_receiver, state, None, held.values(), given=given)
            if not targets and isinstance(value, ir.Local) and value.variable.kind == "param":
                self.spawning.parameter_called(value.variable, held.values())
            return
        stored = facts.parameter_stores.get(parameter)
        if stored is not None:
            self.program.keep(stored, value)
            self.ownership.share(value, state)
            if isinstance(value, ir.Closure):
                self.literals.enter(value.function, state)
            self.recorder.reference(value, op.at)
            return
        if isinstance(value, ir.Closure):
            self.literals.enter(value.function, state)
        self.recorder.reference(value, op.at)

    def _is_returned(self, parameter: ir.Variable, facts: FunctionFacts) -> bool:
        """Whether it is for those who call the function that is returned to call what was passed: `worker(s.sync)`."""
        literals = (one.function for one in facts.returns if isinstance(one, ir.Closure))
        return any(parameter in self.ownership.captured_variables(one) for one in literals)

    def _call_stored(self, callee: ir.Value, op: ir.Call, state: State) -> bool:
        """A call of a function-typed field, variable or parameter: of everything that was stored there."""
        bare = ir.strip(callee)
        if isinstance(bare, ir.Local) and bare.variable.kind == "param":
            private = (i for i, one in enumerate(op.arguments) if self.ownership.private(one, state))
            self.spawning.parameter_called(bare.variable, state.held.values(), frozen(private))
            self._callbacks_unknown(op, state)
            return True
        functions = self.program.stored_functions(bare)
        for one in functions:
            bound = {**self.naming.arguments(one, op, state), **self.program.holder(one, bare)}
            self.recorder.note_call(one, op.at, bound, state, None)
        if functions:
            self._callbacks_unknown(op, state)
        return bool(functions)

    def _callbacks_unknown(self, op: ir.Call, state: State) -> None:
        for argument in op.arguments:
            resolved = ir.strip(self.naming.resolve(argument, state))
            if isinstance(resolved, ir.Closure):
                self.literals.enter(resolved.function, state)
            if isinstance(resolved, (ir.Closure, ir.MethodRef, ir.FunctionRef)):
                self.recorder.reference(resolved, op.at, state)

    def _call_unknown(self, op: ir.Call, callee: ir.Value, state: State) -> None:
        """A function of another package: it calls back at once, if at all, and keeps nothing."""
        self.imported.called(op, callee, state)
        for name in models.CALLS_METHODS.get(qualified_name(callee), ()) if op.arguments else ():
            method = self.spawning.method_of(op.arguments[0], name, state, op.at)
            if method is not None:
                for one in self.program.declared(method):
                    self.recorder.note_call(one, op.at, self.naming.bound_receiver(one, method), state, None)
        at_once = self.imported.calls_at_once(callee)
        for index, argument in enumerate(op.arguments):
            resolved = ir.strip(self.naming.resolve(argument, state))
            held = self._around(self.imported.lock_around(at_once.get(index), op, callee), at_once.get(index), state)
            if isinstance(resolved, ir.Closure):
                self.literals.enter(resolved.function, state)
                self.recorder.note_call(resolved.function, op.at, {}, state, None, held)
            elif index in at_once and (targets := self.program.declared(resolved)):
                for one in targets:
                    self.recorder.note_call(one, op.at, self.naming.bound_receiver(one, resolved), state, None, held)
            elif isinstance(resolved, (ir.MethodRef, ir.FunctionRef)):
                self.recorder.reference(resolved, op.at, state)
            elif isinstance(resolved, ir.Local) and resolved.variable.kind == "param":
                if isinstance(self.world.underlying(resolved.type), Func):
                    self.spawning.parameter_called(resolved.variable, state.held.values())
            elif isinstance(resolved, ir.Composite):  # `lc.Append(fx.Hook{OnStart: func() {…}})`
                for part in leaves(resolved):
                    if isinstance(part, ir.Closure):
                        self.recorder.reference(part, op.at)
            self.references.copied(argument, resolved, op, state)

    def _around(self, lock: ir.Value | None, called: Called | None, state: State) -> list[Held] | None:
        """The locks that are held while a function of another package calls what it is given; None if it takes none itself."""
        if lock is None or called is None:
            return None
        taken = self.synchronisation.held(
            ir.strip(self.naming.resolve(lock, state)), SHARED if called.shared else EXCLUSIVE
        )
        held = dict(state.held)
        held[slot_for(taken, held)] = taken
        return list(held.values())


def _gives_object(op: ir.Call, function: ir.Function) -> bool:
    """Whether what is locked is something else, and comes back: `file, err := fs.Lock(name)`."""
    return any(
        isinstance(one, ir.Assign)
        and isinstance(one.value, ir.Result)
        and one.value.call is op
        and one.value.index == 1
        for one in (ir.walk(function.body) if function.body is not None else ())
    )


def _panics(function: ir.Function) -> bool:
    return function.body is not None and any(isinstance(op, ir.Jump) and op.kind == "panic" for op in function.body.ops)
