"""Control flow: each way through a function is followed, and ways are joined where they meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from golint_maps.flow import ir
from golint_maps.flow.facts import AccessFact, CallFact, FunctionFacts
from golint_maps.flow.flags import started_once
from golint_maps.flow.interpretation.calls import Calls
from golint_maps.flow.interpretation.effects import Effects
from golint_maps.flow.interpretation.literals import Literals
from golint_maps.flow.interpretation.naming import Naming
from golint_maps.flow.interpretation.ownership import Ownership
from golint_maps.flow.interpretation.recording import Recorder
from golint_maps.flow.interpretation.references import References
from golint_maps.flow.interpretation.spawning import Spawning
from golint_maps.flow.interpretation.state import State, Target, join, widen
from golint_maps.flow.interpretation.summary import complete
from golint_maps.flow.interpretation.synchronisation import Synchronisation
from golint_maps.flow.interpretation.walk import Walk
from golint_maps.flow.locks import EXCLUSIVE, SHARED, Held, Perhaps, held_of, lock_op
from golint_maps.flow.parts import compared_with_nil, without_not
from golint_maps.flow.places import is_picked, place_key, prefixes
from golint_maps.flow.program import Program, qualified_name
from golint_maps.flow.retested import taken_if, told_by

# What is told here is told after every access.
_AT_THE_END = 1 << 60
# Loops nested deeper than this are entered once only: each level doubles the work.
_MAX_LOOP_DEPTH = 3


class Interpreter:
    """Interprets one function (its literals where they are made) and fills its facts into the program."""

    def __init__(self, program: Program) -> None:
        self.walk = walk = Walk(program)
        self.naming = naming = Naming(walk)
        ownership = Ownership(walk, naming)
        self.synchronisation = synchronisation = Synchronisation(walk, naming)
        self.recorder = recorder = Recorder(walk, naming, ownership, synchronisation)
        self.references = references = References(walk, naming, recorder)
        self.literals = literals = Literals(walk, self._enter)
        effects = Effects(walk, naming, ownership, synchronisation, recorder, references, literals)
        self.spawning = spawning = Spawning(walk, naming, ownership, recorder, references, literals)
        self.calls = Calls(walk, naming, ownership, synchronisation, recorder, references, literals, effects, spawning)
        self.ownership = ownership
        self._handlers: dict[type[ir.Op], Callable[..., State]] = {
            ir.Access: effects.access,
            ir.Assign: effects.assign,
            ir.Call: self.calls.call_op,
            ir.Return: self._return,
            ir.Send: effects.send,
            ir.Receive: effects.receive,
            ir.Jump: self._jump,
            ir.Block: self._nested_block,
            ir.If: self._if,
            ir.Loop: self._loop,
            ir.Range: self._range,
            ir.Switch: self._switch,
            ir.Select: self._select,
        }

    def run(self, function: ir.Function) -> FunctionFacts:
        """Interpret a declared function with nothing known about its caller."""
        self.naming.start()
        self.references.start()
        return self._enter(function, State())

    def interpreted(self, function: ir.Function) -> Iterator[ir.Function]:
        """The literals inside a function whose facts are final."""
        return (one for one in ir.with_literals(function) if one in self.literals.recorded)

    def skip(self, literals: Iterable[ir.Function]) -> None:
        """The facts of some literals are final, without having been interpreted here."""
        self.literals.recorded.update(literals)

    def _enter(self, function: ir.Function, state: State) -> FunctionFacts:
        with self.walk.inside(function) as frame:
            if function.body is not None:
                self.spawning.flagged.update((function.path, one.at[0]) for one in started_once(function))
                final = self.block(function.body, state)
                if not final.dead:
                    self._leave(final, (), function.body.at)
                complete(frame, self.walk.order, self.ownership)
            return frame.facts

    def _leave(self, state: State, values: tuple[ir.Value, ...], at: ir.Span) -> None:
        """Control leaves the function: deferred calls run last to first, then the state is one of its exits."""
        frame = self.walk.frame
        state = state.copy()
        before, frame.signals = frame.signals, {}
        while state.deferred:
            call, state.deferred = state.deferred[-1], state.deferred[:-1]
            self.calls.call(call, state, deferred=True)
            state.dead = False
        # What is told last on the way out is told after every access, though there may be more code behind this way out.
        last = {one: _AT_THE_END if order >= self.walk.order else order for one, order in frame.signals.items()}
        frame.signals = before | last
        for held in state.held.values():
            if self.walk.recording and not held.once and held.path is not None:
                frame.facts.leaks.append((held, at))
        frame.exits.append((state, values))

    def block(self, block: ir.Block, state: State) -> State:
        """Interpret a block; returns the state behind it."""
        hooks = self.walk.program.hooks
        for op in block.ops:
            if state.dead:
                break
            if hooks and op in hooks:
                self.spawning.hooked(op, state)
            handler = self._handlers.get(type(op))
            if handler is not None:
                state = handler(op, state)
        return state

    def _nested_block(self, op: ir.Block, state: State) -> State:
        frame = self.walk.frame
        target = Target(op.label, loop=False, plain=True)
        frame.targets.append(target)
        state = self.block(op, state)
        frame.targets.pop()
        return join([state, *target.breaks])

    def _if(self, op: ir.If, state: State) -> State:
        then, orelse = state.copy(), state
        if _is_flag(op):
            started = (one for one in op.then.ops if isinstance(one, ir.Call) and one.mode == "go")
            self.spawning.flagged.update((self.walk.frame.function.path, one.at[0]) for one in started)
        self._assume(op.condition, then, orelse)
        for condition, truth, first in told_by(op) if state.under else ():
            for one in state.under:
                if one.condition == condition and one.truth == truth and one.since < op.at[0]:
                    (then if first else orelse).held.setdefault(one.held.key, one.held)
        tried = frozenset(then.held)
        then, orelse = self.block(op.then, then), self.block(op.orelse, orelse)
        after = join([then, orelse])
        if not (then.dead or orelse.dead):
            found = (*_perhaps(op, then, orelse), *_in_either_mode(op, then, orelse))
            after.perhaps |= frozenset(one for one in found if one.held.key not in tried)
            after.under |= frozenset(taken_if(op, then.held, orelse.held, self.walk.frame.function))
        return after

    def _assume(self, condition: ir.Value, then: State, orelse: State) -> None:
        """What a condition's truth tells: a TryLock that succeeded."""
        condition, truth = without_not(condition)
        if not truth:
            then, orelse = orelse, then
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
            compared = compared_with_nil(value)
            if compared is not None:
                subject, empty = ir.strip(compared[0]), then if compared[1] else orelse
                if self.naming.is_field_of_copy(subject, empty):
                    empty.own[subject] = ir.Nil()
            value = compared[0] if compared is not None else value.left
        if isinstance(value, ir.Result) and isinstance(value.call.callee, (ir.MethodRef, ir.FunctionRef)):
            callee = value.call.callee
            if callee.name.startswith("Load") and qualified_name(callee).startswith("sync/atomic."):
                then.ordered = orelse.ordered = True
        if isinstance(value, ir.Local):
            value = then.env.get(value.variable, value)
        if isinstance(value, ir.Found):
            self._is_missing(ir.strip(self.naming.resolve(value.subject, orelse)), orelse)
        if isinstance(value, ir.Result):
            op = lock_op(self.naming.resolve(value.call.callee, then))
            if op is not None and op.tries:
                held = held_of(op.lock, op.mode)
                then.held[held.key] = held

    def _is_missing(self, entry: ir.Value, state: State) -> None:
        """An entry is not there: what was looked up is a map that is nil, which nobody changes."""
        for variable, given in list(state.env.items()):
            if self.walk.program.world.map_type(given.type) is not None and ir.strip(given) == entry:
                state.env[variable] = ir.Nil()

    def _loop(self, op: ir.Loop, state: State) -> State:
        frame = self.walk.frame

        def once(entry: State) -> tuple[State, Target]:
            target = Target(op.label, loop=True)
            frame.targets.append(target)
            inside = self.block(op.head, entry)
            leaving = inside.copy()
            if op.condition is not None:
                self._assume(op.condition, inside, leaving)
            inside = self.block(op.body, inside)
            back = join([inside, *target.continues])
            if not back.dead:
                back = self.block(op.post, back)
            frame.targets.pop()
            if op.condition is not None:
                target.breaks.append(leaving)
            return back, target

        return self._iterate(once, state, op.at, normal=op.condition is not None)

    def _range(self, op: ir.Range, state: State) -> State:
        frame = self.walk.frame
        subject = self.naming.resolve(op.subject, state)
        iterated = self.naming.iterated(subject, state) if op.over == "function" else None
        if iterated is not None and not isinstance(op.subject, ir.Result):
            self.recorder.record("iterate", iterated, ir.Access(op.subject.at, "iterate", op.subject), state)
        if op.over == "function" and isinstance(iterator := ir.strip(op.subject), ir.Result):
            self._iterates(iterator, op, state)

        def once(entry: State) -> tuple[State, Target]:
            target = Target(op.label, loop=True)
            frame.targets.append(target)
            inside = entry.copy()
            inside.turn = frozenset(one for one in inside.turn if one[1] != op.at[0])
            for variable, part in ((op.key, "key"), (op.value, "value")):
                if isinstance(variable, ir.Local):
                    inside.env[variable.variable] = ir.Item(subject, part, op, type=variable.type, at=variable.at)
                    taken = frozenset((variable.variable,))
                    inside.taken = inside.taken | taken if inside.held else inside.taken - taken
            inside = self.block(op.body, inside)
            back = join([inside, *target.continues])
            frame.targets.pop()
            leaving = entry.copy()
            if op.over == "channel":  # the loop ends when the channel is closed
                self.synchronisation.join(ir.strip(subject), leaving, in_loop=False, wait=True)
                leaving.received |= {ir.strip(subject)}
            target.breaks.append(leaving)
            return back, target

        after = self._iterate(once, state, op.at, normal=True)
        self._stretch(op, after)
        return after

    def _iterates(self, iterator: ir.Result, op: ir.Range, state: State) -> None:
        """Ranging over what a function of the package returns calls it: under the locks that are held here."""
        program = self.walk.program
        for callee in program.declared(self.naming.resolve(iterator.call.callee, state)):
            facts = program.facts.get(callee)
            for returned in facts.returns[iterator.index : iterator.index + 1] if facts is not None else ():
                if isinstance(returned, ir.Closure):
                    bound = self.naming.arguments(callee, iterator.call, state)
                    self.recorder.note_call(returned.function, op.at, bound, state, None)

    def _stretch(self, op: ir.Range, after: State) -> None:
        """Ranging over a map goes on while the body runs: beside the goroutines that the body starts."""
        frame = self.walk.frame
        for fact in reversed(frame.facts.accesses):
            if fact.kind == "iterate" and fact.at == op.subject.at and fact.function is frame.function:
                fact.live = widen(fact.live | after.live)
                fact.exposed = fact.exposed or self.ownership.exposed(fact.map, after)
                break

    def _iterate(self, once: Callable[[State], tuple[State, Target]], state: State, at: ir.Span, normal: bool) -> State:
        """Run a loop body twice: first to learn what its back edge brings, then to record with that joined in."""
        entry = state
        frame = self.walk.frame
        frame.loops.append(at)
        saved_exits, recording = list(frame.exits), self.walk.recording
        if len(frame.loops) <= _MAX_LOOP_DEPTH:
            self.walk.recording = False
            back, _ = once(entry.copy())
            self.walk.recording = recording
            frame.exits = saved_exits
            again = frozenset(replace(s, many=True) for s in back.live - entry.live)
            entry = join([entry.copy(), back])
            entry.live = frozenset(s for s in entry.live if s not in back.live or s in state.live) | again
        accesses, calls = len(frame.facts.accesses), len(frame.facts.calls)
        back, target = once(entry.copy())
        frame.loops.pop()
        self._handed_over(frame.facts.accesses[accesses:], frame.facts.calls[calls:], back)
        after = target.breaks
        for one in after:
            one.live = widen(one.live | back.live)
        if after and normal:  # the loop ended by itself, having awaited as many as were started
            after[-1].live = frozenset(s for s in after[-1].live if s.identity not in back.joining)
        if not back.dead:
            for one in after:
                # What is held at the entry and not at its end is not held; what was taken on the way out is.
                for key in [key for key in one.held if key in entry.held and key not in back.held]:
                    del one.held[key]
            if after and normal:
                after[-1].held.update(_locks_of_all(back, state))
        return join(after)

    def _handed_over(self, accesses: list[AccessFact], calls: list[CallFact], back: State) -> None:
        """What an iteration hands to a goroutine and then replaces is another object in each: `batch = nil` behind `go`."""
        for fact in accesses:
            if fact.spawn is not None and self.ownership.let_go(fact.map, back):
                fact.distinct = True
        for call in calls:
            if call.spawn is not None:
                call.common -= {v for v, value in call.arguments.items() if self.ownership.let_go(value, back)}

    def _switch(self, op: ir.Switch, state: State) -> State:
        frame = self.walk.frame
        target = Target(op.label, loop=False)
        frame.targets.append(target)
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
        frame.targets.pop()
        if not any(case.default for case in op.cases):
            after.append(state)
        return join([*after, *target.breaks])

    def _select(self, op: ir.Select, state: State) -> State:
        frame = self.walk.frame
        target = Target(op.label, loop=False)
        frame.targets.append(target)
        after: list[State] = []
        for case in op.cases:
            self.walk.selecting = True
            entry = self.block(case.head, state.copy())
            self.walk.selecting = False
            self._token(case, entry)
            after.append(self.block(case.body, entry))
        frame.targets.pop()
        return join([*after, *target.breaks]) if op.cases else State(dead=True)

    def _token(self, case: ir.Case, state: State) -> None:
        """A goroutine that starts when the token came which the one before gave back at its end: `case <-stopped: go run()`."""
        tokens = {
            place_key(self.naming.resolve(one.channel, state)) for one in case.head.ops if isinstance(one, ir.Receive)
        }
        tokens &= self.walk.program.one_slot
        for op in case.body.ops if tokens else ():
            if isinstance(op, ir.Call) and op.mode == "go":
                runners = self.walk.program.declared(self.naming.resolve(op.callee, state))
                if runners and all(tokens & set(_told_last(one)) for one in runners):
                    self.spawning.flagged.add((self.walk.frame.function.path, op.at[0]))

    def _jump(self, op: ir.Jump, state: State) -> State:
        if op.kind in ("break", "continue"):
            for target in reversed(self.walk.frame.targets):
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
            value if self.naming.is_changed_copy(value, state) else self.naming.resolve(value, state)
            for value in op.values
        )
        for written, value in zip(op.values, values, strict=True):
            self.references.copied(written, value, op, state)
            self.references.gathered_leaves(written, op)
            self.literals.mention(written, state)
            if isinstance(ir.strip(value), (ir.Closure, ir.MethodRef, ir.FunctionRef)):
                self.recorder.reference(value, op.at)
        if self.walk.recording:
            self.walk.order += 1
        self._leave(state, values, op.at)
        state.dead = True
        return state


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


def _told_last(function: ir.Function) -> Iterator[str | None]:
    """The keys of the channels through which a function sends when it ends, whichever way it does."""
    ops = function.body.ops if function.body is not None else []
    deferred = [one.callee for one in ops if isinstance(one, ir.Call) and one.mode == "defer"]
    for literal in deferred:
        if isinstance(literal, ir.Closure) and literal.function.body is not None:
            yield from (place_key(one.channel) for one in literal.function.body.ops if isinstance(one, ir.Send))


def _perhaps(op: ir.If, then: State, orelse: State) -> Iterator[Perhaps]:
    """The locks that an `if` takes until the function returns: `if !locked { mu.Lock(); defer mu.Unlock() }`."""
    if op.orelse.ops or len(then.deferred) == len(orelse.deferred):
        return
    condition, truth = without_not(op.condition)
    compared = compared_with_nil(condition)
    condition = ir.strip(compared[0] if compared is not None else condition)
    if isinstance(condition, ir.Binary) and isinstance(ir.strip(condition.right), ir.Constant):
        return  # which key or number it is does not tell who has the lock
    flag = condition.variable if isinstance(condition, ir.Local) and condition.variable.kind == "param" else None
    for slot, held in then.held.items():
        if slot not in orelse.held and not held.once:
            yield Perhaps(held, flag, truth)


def _in_either_mode(op: ir.If, then: State, orelse: State) -> Iterator[Perhaps]:
    """The locks that both ways take, one of them exclusively: `if readOnly { mu.RLock() } else { mu.Lock() }`."""
    condition, truth = without_not(op.condition)
    flag = condition.variable if isinstance(condition, ir.Local) and condition.variable.kind == "param" else None
    for slot, held in then.held.items():
        other = orelse.held.get(slot)
        if other is not None and {held.mode, other.mode} == {EXCLUSIVE, SHARED}:
            mine = held.mode == EXCLUSIVE
            yield Perhaps(held if mine else other, flag, truth == mine)


def _locks_of_all(back: State, before: State) -> dict[str, Held]:
    """The locks that a loop takes of one element after the other, and keeps: behind it, those of all are held."""
    found: dict[str, Held] = {}
    for slot, held in back.held.items() if not back.dead else ():
        steps = prefixes(held.path) if held.path is not None and not held.once else []
        if slot not in before.held and any(is_picked(step) or isinstance(step, ir.Item) for step in steps):
            found[slot] = Held(held.key, held.mode)
    return found
