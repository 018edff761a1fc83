"""Which maps may be nil where they are written: an abstract interpretation of its own, over the same intermediate form.

Inside a function, facts come from declarations, assignments, literals and conditions (`nilstate`). A function's summary
says which maps it needs from its callers (written here, neither made nor checked before), which fields it assigns, and
what is nil in its results. What the whole package says of a field is added by `nilplaces`. Unknown means silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, replace
from typing import Any

from golint_maps.flow import ir
from golint_maps.flow.assigned import wild
from golint_maps.flow.index import Index
from golint_maps.flow.nilconditions import Conditions, States, is_constant, no_more_than_zero, surely_empty
from golint_maps.flow.nilfacts import BAD, MADE, NIL_GIVEN, UNKNOWN_FACT, Fact, Kind, Origin, mentions, parents
from golint_maps.flow.nilops import Ops
from golint_maps.flow.nilrecords import Birth, Need, Nilness, NilWrite, Summary, Write
from golint_maps.flow.nilstate import State, assigned_as, extend, map_fields, merge, strip
from golint_maps.flow.nilsummaries import Exit, Summaries, takes_flag
from golint_maps.flow.nilvalues import Values, argument_of
from golint_maps.flow.parts import compared_with_nil, made_from, parts
from golint_maps.flow.places import place_key, rebase
from golint_maps.flow.program import Program
from golint_maps.record import record
from golint_maps.types.model import Basic, Interface, Map, Struct

_MAX_LOOP_DEPTH = 3
# Needs that a summary passes on, and how many calls deep.
_MAX_NEEDS = 12
_MAX_DEPTH = 4
_DECODERS = ("json.", "xml.", "yaml.")


@record(slots=True)
class _Target:
    label: str
    loop: bool
    plain: bool = False
    breaks: list[State] = field(default_factory=list)
    continues: list[State] = field(default_factory=list)


class Interpreter:
    """Interprets the functions of a package, callees first, and fills a `Nilness`."""

    def __init__(self, program: Program, index: Callable[[ir.Function], Index], result: Nilness) -> None:
        self.program = program
        self.world = program.world
        self.result = result
        self.found = Nilness()
        self.index = index
        self.values = Values(program, result)
        self.conditions = Conditions(self.values)
        self.summaries = Summaries(self.values, index)
        self.function: ir.Function
        self.needs: list[Need] = []
        self.leaks: set[ir.Variable] = set()
        self.targets: list[_Target] = []
        self.exits: list[Exit] = []
        # What is to be recorded of the function; what a pass over a loop adds is taken back if there is another one.
        self.notes: list[tuple[Callable[..., None], tuple[Any, ...]]] = []
        self.loop_depth = 0
        self.ops: Ops
        # The variables that have been given a value: before that, nothing can be known of them.
        self.given: set[ir.Variable] = set()
        self.wild: frozenset[ir.Variable] = frozenset()
        self.closure_keys: frozenset[str] = frozenset()
        self.seen: dict[int, Write] = {}
        # The conditions and loops around what is being interpreted.
        self.around: list[ir.Op] = []
        # The paths that are made where they are found to be nil, with the assignment.
        self.lazy: dict[ir.Value, ir.Span] = {}
        # Where entries of a map are looked at first.
        self.read: dict[ir.Value, ir.Span] = {}
        # The maps that are known to be made wherever a function literal stands (`if m != nil { each(func() { m[k] = v }) }`).
        self.made_around: dict[ir.Function, frozenset[ir.Value]] = {}

    def run(self, function: ir.Function) -> Nilness:
        """What a declared function and the function literals inside it give, with the summaries of all of them."""
        self.found = Nilness()
        if not self.summaries.matters(function):
            self.found.summaries[function] = self.summaries.slight(function)
            return self.found
        self.wild, self.closure_keys = wild(function)
        self.made_around = {}
        for one in ir.with_literals(function):
            self._enter(one)
        return self.found

    def rests_on(self, function: ir.Function) -> tuple[object, ...]:
        """What `run` would learn of other functions."""
        found: list[object] = []
        for one in ir.with_literals(function):
            for call in self.index(one).ops(ir.Call):
                for callee in self.program.declared(call.callee):
                    facts = self.program.facts.get(callee)
                    found += (callee, self.result.summaries.get(callee), facts is not None and facts.terminates)
        return tuple(found)

    def _enter(self, function: ir.Function) -> None:
        if function.body is None:
            return
        self.function = self.values.function = function
        self.needs, self.leaks = [], set()
        self.targets, self.exits, self.notes, self.loop_depth = [], [], [], 0
        self.seen, self.lazy, self.read = {}, {}, {}
        self.ops, self.given = Ops(self.program, self.values), set()
        state = State()
        for path in self.made_around.get(function, ()):
            state.facts[path] = MADE
        for result in function.results:
            if result.name and result not in self.wild:
                self.values.zero(
                    ir.Local(result, type=result.type), result.at, "it is a named result without a value", state
                )
        final = self.block(function.body, [state])
        for one in final:
            values = tuple(ir.Local(r, type=r.type) for r in function.results if r.name)
            self.exits.append((one, values))
        for note, what in self.notes:
            note(*what)
        summary = self.summaries.summarise(function, self.exits)
        summary.needs, summary.leaks = self.needs, self.leaks
        self.result.summaries[function] = self.found.summaries[function] = summary
        self.found.writes.extend(self.seen.values())
        for path in self.lazy:
            key = place_key(path)
            if key is not None:
                self.found.lazily.setdefault(key, []).append(function)
        for write in self.seen.values():
            if write.bad:
                self._report(write)
            elif write.untouched and write.path in self.lazy and not self._was_read(write) and not self._is_made(write):
                origin = self.values.origin(
                    self.lazy.pop(write.path), "another branch finds that it may be nil, and makes it"
                )
                at = write.op.at
                self.found.found.append(
                    NilWrite(function, at, write.path, origin, False, (function, at), fact=Kind.MAYBE)
                )

    def _is_made(self, write: Write) -> bool:
        """Whether each way to a write goes past the place where the map is made if it is nil."""
        body, made = self.function.body, self.lazy[write.path]
        for block in _blocks(body) if body is not None else ():
            first = next((op for op in block.ops if op.at[0] <= made[0] < op.at[1]), None)
            if isinstance(first, ir.If) and not first.orelse.ops and block.at[0] <= write.op.at[0] < block.at[1]:
                if first.at[1] <= write.op.at[0] and any(isinstance(part, ir.Nil) for part in parts(first.condition)):
                    return True
        return False

    def _was_read(self, write: Write) -> bool:
        """Whether entries of the map were looked at before a write: what was found there may have decided about it."""
        first = self.read.get(write.path)
        return first is not None and first < write.op.at

    # --- statements ---------------------------------------------------------------------------------------------------

    def block(self, block: ir.Block, states: States) -> States:
        """Interpret a block; returns the states behind it, none where control never arrives."""
        for op in block.ops:
            if not states:
                break
            structured = _STRUCTURED.get(type(op))
            if structured is not None:
                self.around.append(op)
                states = merge(structured(self, op, states), self.world)
                self.around.pop()
                continue
            simple = _SIMPLE.get(type(op))
            if simple is not None:
                for state in states:
                    simple(self, op, state)
                if isinstance(op, (ir.Access, ir.Call)):
                    states = [state for state in states if not state.dead]
        return states

    def _nested(self, op: ir.Block, states: States) -> States:
        target = _Target(op.label, loop=False, plain=True)
        self.targets.append(target)
        after = self.block(op, states)
        self.targets.pop()
        return after + target.breaks

    def _if(self, op: ir.If, states: States) -> States:
        yes = merge(self.conditions.assume(op.condition, True, states), self.world)
        no = merge(self.conditions.assume(op.condition, False, states), self.world)
        for one, other in ((yes, op.orelse), (no, op.then)):
            if self.ops.remembers(other):
                self._limit(one, states)
        return self.block(op.then, yes) + self.block(op.orelse, no)

    @staticmethod
    def _limit(after: States, before: States) -> None:
        """The other branch leaves traces in variables, on which conditions to come may depend."""
        for state in after:
            for path, fact in state.facts.items():
                if fact.kind is Kind.NIL and fact.origin is not None and fact.origin.checked and fact.origin.limit < 0:
                    if not any(one.facts.get(path) == fact for one in before):
                        origin = replace(fact.origin, limit=len(state.assumed))
                        state.facts[path] = replace(fact, origin=origin)

    def _loop(self, op: ir.Loop, states: States) -> States:
        def once(entry: States) -> tuple[States, States, _Target]:
            target = _Target(op.label, loop=True)
            self.targets.append(target)
            inside = self.block(op.head, [state.copy() for state in entry])
            leaving = self.conditions.assume(op.condition, False, inside) if op.condition is not None else []
            inside = [state for state in inside if not _never_runs(op, state)]
            inside = self.conditions.assume(op.condition, True, inside)
            if _counts(op):  # as for `range`: that there is something to loop over decides about nothing else
                for state in inside:
                    state.assumed = {one: truth for one, truth in state.assumed.items() if one != op.condition}
            back = self.block(op.body, inside) + target.continues
            back = self.block(op.post, merge(back, self.world))
            self.targets.pop()
            return back, leaving, target

        return self._iterate(once, states)

    def _range(self, op: ir.Range, states: States) -> States:
        def once(entry: States) -> tuple[States, States, _Target]:
            target = _Target(op.label, loop=True)
            self.targets.append(target)
            inside: States = []
            for state in entry:
                ranged = state.path(op.subject) if op.over == "map" else None
                if ranged is not None:
                    fact = state.lookup(ranged, self.world)
                    if fact is not None and fact.kind in (Kind.NIL, Kind.EMPTY):
                        continue
                if surely_empty(op.subject, state):
                    continue
                one = state.copy()
                if ranged is not None:
                    one.facts[ranged] = MADE  # it has an entry
                for variable in (op.key, op.value):
                    if isinstance(variable, ir.Local):
                        one.forget_variable(variable.variable, self.world)
                        one.unknown(ir.Local(variable.variable))
                    elif variable is not None:
                        path = one.path(variable)
                        if path is not None:
                            one.forget_path(path, self.world)
                            one.unknown(path)
                inside.append(one)
            back = self.block(op.body, merge(inside, self.world)) + target.continues
            self.targets.pop()
            return back, [state.copy() for state in entry], target

        return self._iterate(once, states)

    def _iterate(self, once: Callable[[States], tuple[States, States, _Target]], states: States) -> States:
        """Run a loop body, and once more if its back edge brings something new, with that joined in."""
        self.loop_depth += 1
        entry, changed, notes, exits = states, set[ir.Value](), len(self.notes), len(self.exits)
        back, leaving, target = once([state.copy() for state in states])
        if self.loop_depth <= _MAX_LOOP_DEPTH:
            changed = _mended(states, [*back, *target.breaks])
            entry = [state.copy() for state in (*states, *back)]
            # What a branch of the loop makes is usually made before another branch uses it.
            for state in entry:
                for path in changed:
                    fact = state.lookup(path, self.world)
                    if fact is not None and fact.kind in BAD and not (fact.origin and fact.origin.checked):
                        state.unknown(path)
            entry = merge(entry, self.world)
            if len(entry) != len(states) or not all(one.same(other) for one, other in zip(entry, states, strict=True)):
                del self.notes[notes:], self.exits[exits:]
                back, leaving, target = once(entry)
        self.loop_depth -= 1
        # A loop that ran not once is not a path to accuse anybody by.
        for state in leaving:
            for path in changed:
                fact = state.facts.get(path)
                if fact is not None and fact.kind in (*BAD, Kind.ZERO):
                    state.unknown(path)
            for path, fact in state.facts.items():
                if fact.kind is Kind.EMPTY and any(one.facts.kind(path) is not Kind.EMPTY for one in back):
                    state.open(path)
        return leaving + target.breaks

    def _switch(self, op: ir.Switch, states: States) -> States:
        target = _Target(op.label, loop=False)
        self.targets.append(target)
        after: States = []
        falling: States = []
        rest = states
        default: ir.Case | None = None
        for case in op.cases:
            if case.default:
                default = case
                if not case.falls_through and not falling:
                    continue
            entry: States = []
            rest = self.block(case.head, [state.copy() for state in rest])
            if any(type(value).__name__ == "TypeName" for value in case.values) or case.default:
                entry = [state.copy() for state in rest]
            else:
                for value in case.values:
                    condition = value if op.subject is None else ir.Binary("==", op.subject, value, at=value.at)
                    entry += self.conditions.assume(condition, True, rest)
                    rest = self.conditions.assume(condition, False, rest)
            left = self.block(case.body, merge(entry, self.world) + falling)
            falling = left if case.falls_through else []
            if not case.falls_through:
                after += left
        if default is not None and not default.falls_through:
            after += self.block(default.body, [state.copy() for state in rest])
        self.targets.pop()
        after += target.breaks
        if default is None:
            # The cases are usually all there are.
            changed = _mended(states, after)
            for state in rest:
                for path in changed:
                    fact = state.facts.get(path)
                    if fact is not None and fact.kind in (*BAD, Kind.ZERO):
                        state.unknown(path)
            after += rest
        return after

    def _select(self, op: ir.Select, states: States) -> States:
        target = _Target(op.label, loop=False)
        self.targets.append(target)
        after: States = []
        for case in op.cases:
            after += self.block(case.body, self.block(case.head, [state.copy() for state in states]))
        self.targets.pop()
        return after + target.breaks

    def _jump(self, op: ir.Jump, states: States) -> States:
        if op.kind == "fallthrough":
            return states
        if op.kind in ("break", "continue"):
            for target in reversed(self.targets):
                if op.label:
                    if target.label != op.label:
                        continue
                elif (op.kind == "continue" and not target.loop) or target.plain:
                    continue
                (target.breaks if op.kind == "break" else target.continues).extend(state.copy() for state in states)
                break
        return []

    def _return(self, op: ir.Return, states: States) -> States:
        for state in states:
            self._mention(op, op.values, state)
            for value in op.values:
                if not _goes_with_error(value, op, self.function):
                    self._leaks(value, state)
            self.exits.append((state, op.values))
        return []

    # --- what happens -------------------------------------------------------------------------------------------------

    def _access(self, op: ir.Access, state: State) -> None:
        self._mention(op, (op.key, op.value), state)
        path = state.path(op.map)
        if isinstance(path, ir.Result):
            path = self.values.result_path(path, state) or path  # `m.Header().Set(k, v)`
        if path is None:
            return
        if op.kind in ("read", "iterate") and not op.compound:
            self.read[path] = min(op.at, self.read.get(path, op.at))
        if op.via.startswith(_DECODERS):
            if op.kind == "write":
                state.forget_path(path, self.world)
                state.unknown(path)
            return
        if op.kind == "write":
            self._write(op, path, state)
            state.open(path)
            if op.key is not None and not op.via:
                self._store_element(path, op.key, op, state)
            if op.value is not None:
                self._leaks(op.value, state, stored=True)
        elif op.kind in ("delete", "clear"):
            state.facts.forget_below(path, itself=False)

    def _store_element(self, path: ir.Value, key: ir.Value, op: ir.Access, state: State) -> None:
        map_type = self.world.map_type(op.map.type)
        if map_type is None or op.value is None:
            return
        for other in state.facts.below(path):
            if isinstance(other, ir.Element) and other.base == path and _may_be_same(key, other.key):
                state.unknown(other)
        if self.world.map_type(map_type.value) is None and not isinstance(
            self.world.underlying(map_type.value), Struct
        ):
            return
        self.values.store(ir.Element(path, key, type=map_type.value, at=op.at, of_map=True), op.value, op.at, state)

    def _write(self, op: ir.Access, path: ir.Value, state: State) -> None:
        fact = state.lookup(path, self.world)
        start = ir.root(path)
        is_wild = isinstance(start, ir.Local) and start.variable in self.wild
        bad = fact is not None and fact.kind in BAD and fact.origin is not None and (not is_wild or fact.origin.checked)
        if bad and fact is not None and fact.origin is not None and fact.origin.checked:
            # Copying nothing into nil is fine, and what is copied is not known here.
            if op.via or -1 < fact.origin.limit < len(state.assumed):
                bad = False
        if bad and op.via and self._copies_nothing(op, state):
            return
        if bad and fact is not None:
            state.dead = fact.kind is Kind.NIL
            state.facts[path] = MADE
        # An inner map that is missing is missing for a key, whatever decided about another one.
        whole = not isinstance(strip(path), ir.Element)
        related = bad and whole and fact is not None and self._may_be_decided(fact, state)
        self._note(self._note_write, op, path, fact, bad, bool(state.assumed), self.loop_depth > 0, related)

    def _copies_nothing(self, op: ir.Access, state: State) -> bool:
        """Whether a condition has found that there is nothing in what `maps.Copy` copies from."""
        accesses = list(self.index(self.function).ops(ir.Access))
        following = accesses[accesses.index(op) + 1 :][:1] if op in accesses else []
        return any(one.via == op.via and one.kind != "write" and surely_empty(one.map, state) for one in following)

    def _may_be_decided(self, fact: Fact, state: State) -> bool:
        """Whether a condition stands between the origin of a nil map and its write, or a loop over something that the
        conditions on the way were about."""
        origin = fact.origin
        if origin is None or origin.checked or origin.function is not self.function:
            return False
        decided = {variable for condition in state.assumed for variable in made_from(condition)}
        for op in self.around:
            if op.at[0] < origin.at[0]:
                continue
            if isinstance(op, (ir.If, ir.Switch)):
                return True
            subject = op.subject if isinstance(op, ir.Range) else op.condition if isinstance(op, ir.Loop) else None
            if subject is None or any(isinstance(c, ir.Binary) and c.left == subject for c in state.assumed):
                continue  # what was compared itself has been understood
            if not decided.isdisjoint(made_from(subject)):
                return True
        return False

    def _note(self, note: Callable[..., None], *what: Any) -> None:
        self.notes.append((note, what))

    def _note_write(
        self,
        op: ir.Access,
        path: ir.Value,
        fact: Fact | None,
        bad: bool,
        conditional: bool,
        looped: bool,
        related: bool,
    ) -> None:
        known = self.seen.get(id(op))
        if known is None:
            known = self.seen[id(op)] = Write(self.function, op, path, place_key(path), fact, conditional)
        else:
            known.conditional = known.conditional and conditional
            if fact is None or (known.fact is not None and known.fact.kind is Kind.MADE):
                known.fact = fact
        known.times += 1
        if bad and fact is not None:
            known.bad.append((path, fact))
            known.related = known.related or related
        known.untouched = known.untouched or fact is None
        if fact is None and self.values.from_outside(path) and len(self.needs) < _MAX_NEEDS:
            if not any(other.op is op for other in self.needs):
                self.needs.append(Need(path, self.function, op, conditional, looped))

    def _report(self, write: Write) -> None:
        """What to say of one write: sure where it is nil however control gets there."""
        path, fact = write.bad[0]
        assert fact.origin is not None
        if write.related and len(write.bad) != write.times:
            return  # made under one condition, written under another one: the two may well go together
        sure = len(write.bad) == write.times and all(one.kind is Kind.NIL for _, one in write.bad)
        op = write.op
        self.found.found.append(
            NilWrite(self.function, op.at, path, fact.origin, sure, (self.function, op.at), fact=fact.kind)
        )

    def _assign(self, op: ir.Assign, state: State) -> None:
        self._mention(op, (op.value,), state)
        target = strip(op.target)
        if isinstance(target, ir.Local):
            self._assign_local(target, op, state)
            return
        path = state.path(target)
        if target in state.flags:
            state.flags = {flag: truth for flag, truth in state.flags.items() if flag != target}
        if isinstance(target, ir.Field) and isinstance(op.value, ir.Constant) and op.value.text in ("true", "false"):
            state.flags = {**state.flags, target: op.value.text == "true"}
        if op.value is not None:
            self._leaks(op.value, state)
        if path is None:
            return
        before = state.facts.get(path)
        if before is not None and before.kind is Kind.NIL and before.origin is not None and before.origin.checked:
            self.lazy[path] = op.at
        value = op.value if not op.op else ir.Opaque("")
        if isinstance(ir.root(path), ir.Local) and place_key(path) in self.closure_keys:
            value = ir.Opaque("")
        self.values.store(path, value, op.at, state)

    def _assign_local(self, target: ir.Local, op: ir.Assign, state: State) -> None:
        variable, value = target.variable, op.value
        if isinstance(op.target, ir.Unary):  # `*p = v`
            path = state.path(target)
            if path is not None:
                # What points there goes on pointing there.
                pointers = {v: known for v, known in state.alias.items() if known == path}
                self.values.store(path, value, op.at, state)
                state.alias = {**state.alias, **pointers}
            return
        if op.op:
            value = ir.Opaque("")
        # Where a variable is given its first value, there is nothing to forget.
        fresh = variable not in self.given and variable.kind == "local" and variable.function is self.function
        self.given.add(variable)
        here = ir.Local(variable, type=variable.type, at=target.at)
        bare = strip(value) if value is not None else None
        if self.ops.is_basic(variable) and not isinstance(bare, (ir.Composite, ir.New)):
            if not fresh:
                state.forget_variable(variable, self.world)
                if variable in self.wild:
                    state.unknown(here)
            self._mean(variable, value, state)
            return
        found: ir.Value | None = None
        if value is not None and bare is not None:
            source = state.path(value) if isinstance(bare, (ir.Local, ir.Global, ir.Field, ir.Element)) else None
            if isinstance(bare, ir.Result):
                source = self.values.result_path(bare, state)
            if source is not None and self._traceable(variable, source):
                found = source
        if found is not None and variable not in self.wild and (fresh or not mentions(found, variable)):
            if not fresh:
                state.forget_variable(variable, self.world)
            state.alias = {**state.alias, variable: found}
            return
        # The value may depend on the variable itself, so it is looked at before that is forgotten.
        there = here
        if not fresh:
            there = ir.Local(ir.Variable("", variable.type, "local", self.function, op.at), type=variable.type)
        self.values.store(there, value, op.at, state, fresh=True)
        # Not so in type switches, whose cases bind the variable to what was found.
        if isinstance(value, ir.Assertion) and value.checked and op.at != target.at:
            asserted = self.world.map_type(variable.type) is not None
            if asserted and not _is_there(value.operand, op.at, self.function):
                origin = self.values.origin(value.at, "the assertion may fail")
                state.facts[there] = Fact(Kind.PENDING, origin, ir.Found(value))
        if not fresh:
            state.forget_variable(variable, self.world)
        if variable in self.wild:
            state.facts.forget_below(there, itself=True)
            state.unknown(here)
        elif not fresh:
            for known in state.facts.below(there):
                moved_to, fact = rebase(known, there, here), state.facts.get(known)
                if moved_to is not None and fact is not None:
                    state.facts[moved_to] = fact
            state.facts.forget_below(there, itself=True)
        self._mean(variable, value, state)

    def _mean(self, variable: ir.Variable, value: ir.Value | None, state: State) -> None:
        """A condition, what a condition may be about, or a constant is put into a variable."""
        if isinstance(value, ir.Found) and value in state.assumed:
            if any(isinstance(part, ir.Result) for part in parts(value)):  # asked anew, in another round of a loop
                state.assumed = {one: truth for one, truth in state.assumed.items() if one != value}
        if isinstance(value, (ir.Binary, ir.Found, ir.Unary, ir.Result)) and not mentions(value, variable):
            state.meaning = {**state.meaning, variable: value}
        elif isinstance(value, ir.Constant) and variable not in self.wild:
            known = is_constant(ir.Local(variable, type=variable.type), value)
            if known is not None:
                state.flags = {**state.flags, known[0]: known[1]}

    def _traceable(self, variable: ir.Variable, source: ir.Value) -> bool:
        if variable.function is not self.function:
            return False
        under = self.world.underlying(self.world.deref(source.type))
        return isinstance(under, (Map, Struct, Interface))

    def _call(self, op: ir.Call, state: State) -> None:
        known = [] if _is_builtin(op.callee) else self.ops.callees(op)
        self._needs(op, known, state)
        if not known:
            self._flags(op, state)
        self._mention(op, (op.callee, *op.arguments), state)
        if state.shared and self.ops.may_find(op):
            for one in state.shared:
                state.spoil(one, self.world)
            state.shared = frozenset()
        if state.meaning:
            for variable in self.ops.looked_at(op):  # errors are looked at by others: `require.NoError(t, err)`
                meant = state.meaning.get(variable)
                if isinstance(meant, ir.Result):
                    self.conditions.settle(meant, False, state)
        if _is_builtin(op.callee):
            return
        if op.mode == "call" and self.ops.is_final(op):
            state.dead = True
            return
        for argument in op.arguments:
            if isinstance(argument, ir.MethodRef):
                self._run_by_others(argument, state)
        if not known:
            self._unknown_call(op, state)
            return
        for callee, summary in known:
            self._known_call(op, callee, summary, state)
        if len(known) == 1 and op.mode == "call":
            callee, summary = known[0]
            for reset, origin in summary.resets.items():
                path = self.values.translate(reset, callee, op, state)
                if path is not None:
                    state.facts[path] = Fact(Kind.NIL, replace(origin, message=f"{callee.name} sets it to nil"))
        for argument in op.arguments:
            path = state.path(argument)
            if path is not None:
                state.open(path)

    def _run_by_others(self, method: ir.MethodRef, state: State) -> None:
        """A method that is handed on (`once.Do(s.init)`) may be run, and change what it is a method of."""
        for callee in self.program.declared(method):
            summary = self.result.summaries.get(callee)
            if summary is not None:
                self._change(summary.assigns, state)
        self._leaks(method.base, state, call=True)

    def _needs(self, op: ir.Call, known: list[tuple[ir.Function, Summary]], state: State) -> None:
        """What the callees need is looked at before they are given the addresses of maps, which they may make."""
        made = strip(op.callee.base) if known and isinstance(op.callee, ir.MethodRef) else None
        if isinstance(made, ir.Result) and made not in state.facts:
            self.values.made_by_call(made, made, state)
        for callee, summary in known:
            for need in summary.needs:
                self._need(op, callee, need, state)

    def _known_call(self, op: ir.Call, callee: ir.Function, summary: Summary, state: State) -> None:
        self._change(summary.assigns, state)
        for variable in summary.leaks:
            argument = argument_of(variable, callee, op)
            path = state.path(argument) if argument is not None else None
            if path is not None:
                state.spoil(path, self.world)
                self._mark_leak(path)
        facts = self.program.facts.get(callee)
        for parameter, argument in zip(callee.params, op.arguments, strict=False):
            # Who is given a map of maps may put some into it.
            given = self.world.map_type(argument.type)
            if given is None or self.world.map_type(given.value) is None:
                continue
            written = (ir.root(fact.map) for fact in facts.accesses if fact.kind == "write") if facts else ()
            path = state.path(argument)
            if path is not None and (facts is None or any(one == ir.Local(parameter) for one in written)):
                self._mark_leak(path)
        for ensured in summary.ensures:
            path = self.values.translate(ensured, callee, op, state)
            if path is not None:
                state.facts[path] = MADE

    def _need(self, op: ir.Call, callee: ir.Function, need: Need, state: State) -> None:
        """The callee writes a map that it leaves to us to make."""
        start = ir.root(need.path)
        if isinstance(start, ir.Local):
            given = argument_of(start.variable, callee, op)
            if given is not None and isinstance(strip(given), ir.Nil) and strip(need.path) == start:
                if not need.conditional and op.mode == "call":
                    origin = self.values.origin(given.at, NIL_GIVEN)
                    self._note(self._found_need, op, ir.Local(start.variable, type=start.type), origin, need)
                return
        path = self.values.translate(need.path, callee, op, state)
        if path is None:
            return
        if op.mode != "call":
            return
        fact = state.lookup(path, self.world)
        root = ir.root(path)
        if isinstance(root, ir.Local) and root.variable in self.wild:
            return
        self._note(self._note_need, op, path, fact, need, bool(state.assumed), self.loop_depth > 0)

    def _note_need(
        self, op: ir.Call, path: ir.Value, fact: Fact | None, need: Need, conditional: bool, looped: bool
    ) -> None:
        good = fact is not None and fact.kind in (Kind.MADE, Kind.EMPTY)
        self.found.satisfied[id(need.op)] = good and self.found.satisfied.get(id(need.op), True)
        if not good:
            self.found.unprepared.setdefault(id(need.op), []).append((self.function, op.at))
        if fact is not None and fact.kind is Kind.NIL and fact.origin is not None:
            if not need.conditional and not fact.origin.checked:
                self._found_need(op, path, fact.origin, need)
        elif (
            fact is None and self.values.from_outside(path) and need.depth < _MAX_DEPTH and len(self.needs) < _MAX_NEEDS
        ):
            if not any(other.op is need.op and other.path == path for other in self.needs):
                conditional, looped = need.conditional or conditional, need.looped or looped
                self.needs.append(Need(path, need.function, need.op, conditional, looped, need.depth + 1))

    def _found_need(self, op: ir.Call, path: ir.Value, origin: Origin, need: Need) -> None:
        self.found.found.append(
            NilWrite(
                self.function,
                op.at,
                path,
                origin,
                not need.looped,
                (need.function, need.op.at),
                "call",
            )
        )

    def _change(self, keys: Iterable[str], state: State) -> None:
        """Fields with these keys may have been assigned."""
        changed = frozenset(keys)
        if not changed:
            return
        if not changed <= state.changed:
            state.changed |= changed
        for group in state.facts.groups.values():
            if changed.isdisjoint(group.names(self._names)):
                continue
            for path, fact in group.facts.items():
                if not changed.isdisjoint(_own_names(path)):
                    state.unknown(path)
                if fact.kind is Kind.ZERO:
                    for chain in map_fields(path.type, self.world):
                        if any(not changed.isdisjoint(assigned_as(step)) for step in chain):
                            state.facts[extend(path, chain)] = UNKNOWN_FACT

    def _names(self, path: ir.Value, fact: Fact) -> Iterator[str]:
        """The names under which a path, or a map below it of which the fact tells, may be assigned."""
        yield from _own_names(path)
        if fact.kind is Kind.ZERO:
            for chain in map_fields(path.type, self.world):
                for step in chain:
                    yield from assigned_as(step)

    def _unknown_call(self, op: ir.Call, state: State) -> None:
        decoded = self._decoded(op, state)
        if isinstance(op.callee, (ir.MethodRef, ir.Field)):
            path = state.path(op.callee.base)
            # The method may have a pointer to it, and make it.
            if path is not None and self.world.map_type(op.callee.base.type) is not None:
                state.unknown(path)
            elif path is not None and isinstance(self.world.underlying(op.callee.base.type), Struct):
                state.spoil(path, self.world)
        for value in self.ops.given(op):
            self._leaks(value, state, call=True)
        for path, fact in decoded.items():
            state.facts[path] = fact

    def _flags(self, op: ir.Call, state: State) -> None:
        """A flag of a map type of one's own: `var labels labelFlag; flag.Var(&labels, …)` calls its `Set`."""
        for argument in op.arguments if takes_flag(op) else ():
            path = state.path(argument)
            named = self.world.named(self.world.deref(argument.type))
            fact = state.facts.get(path) if isinstance(path, ir.Local) else None
            if path is None or named is None or fact is None or fact.kind is not Kind.NIL or fact.origin is None:
                continue
            method = ir.MethodRef(argument, "Set", named.qualified, at=op.at)
            for callee in self.program.declared(method):
                summary = self.result.summaries.get(callee)
                for need in summary.needs if summary is not None else ():
                    if callee.receiver is not None and need.path == ir.Local(callee.receiver):
                        self._note(self._found_need, op, path, fact.origin, replace(need, looped=True))
                        break

    def _decoded(self, op: ir.Call, state: State) -> dict[ir.Value, Fact]:
        """The map fields that a decoder leaves nil where its input does not have them: those of a zero struct."""
        callee = op.callee
        if not isinstance(callee, (ir.FunctionRef, ir.MethodRef)) or callee.name not in ("Unmarshal", "Decode"):
            return {}
        found: dict[ir.Value, Fact] = {}
        written = strip(op.arguments[0]) if op.arguments else None  # an input that stands in the code
        text = written.text.lower() if isinstance(written, ir.Constant) else ""
        for argument in op.arguments:
            path = state.path(argument)
            named = self.world.named(self.world.deref(argument.type))
            if path is None or named is None or state.facts.kind(path) is not Kind.ZERO:
                continue
            if self.program.decodes_itself(named):
                continue
            for chain in map_fields(named, self.world):
                field = extend(path, chain)
                before = state.lookup(field, self.world)
                if before is not None and before.kind is Kind.NIL and chain[-1].name.lower() not in text:
                    message = f"{callee.name} leaves it nil if the input does not have it"
                    found[field] = Fact(Kind.MAYBE, self.values.origin(op.at, message))
        return found

    def _leaks(self, value: ir.Value, state: State, call: bool = False, stored: bool = False) -> None:
        """Others get hold of an object: what is nil in it was born so, and may be changed by them from now on, or, where
        it is only stored, once something is called."""
        bare = strip(value)
        if isinstance(bare, ir.Composite):
            if not call:
                self._born(value, state)
            for _, entry in bare.entries:
                self._leaks(entry, state, call)
            return
        path = state.path(value)
        if path is None:
            return
        if isinstance(path, ir.Result):
            if not call and path not in state.facts:
                self.values.made_by_call(path, path, state)
                self._born(value, state)
            return
        self._mark_leak(path)
        if self.world.map_type(path.type) is not None:
            state.open(path)
            if isinstance(value, ir.Unary) and value.op == "&":
                state.forget_path(path, self.world)
                state.unknown(path)
            return
        under = self.world.underlying(value.type)
        if isinstance(under, Struct):  # a copy
            if not call:
                self._born(value, state)
            return
        if not call:
            self._born(value, state)
        if stored and isinstance(path, ir.Local):
            state.shared |= {path}  # nobody else runs until something is called
        else:
            state.spoil(path, self.world)
        start = ir.root(path)
        if isinstance(start, ir.Local) and start.variable.kind in ("param", "receiver") and call:
            self.leaks.add(start.variable)

    def _mark_leak(self, path: ir.Value) -> None:
        key = place_key(path)
        if key is not None:
            self.found.leaked.add(key)

    def _born(self, value: ir.Value, state: State) -> None:
        if self.function.is_test:
            return
        type_ = self.world.deref(value.type)
        for chain in map_fields(type_, self.world):
            fact = self.values.below(value, chain, state)
            if fact is not None and fact.kind is Kind.NIL and fact.origin is not None and chain[-1].owner:
                self._note(self._note_birth, f"{chain[-1].owner}.{chain[-1].name}", fact.origin)

    def _note_birth(self, key: str, origin: Origin) -> None:
        if not any(birth.origin.at == origin.at and birth.key == key for birth in self.found.births):
            self.found.births.append(Birth(key, origin))

    def _send(self, op: ir.Send, state: State) -> None:
        self._leaks(op.value, state)

    def _mention(self, op: ir.Op, values: tuple[ir.Value | None, ...], state: State) -> None:
        """Function literals and addresses inside the values of an op: what they may change is not known any more."""
        for one in self.ops.touching(op, values):
            if isinstance(one, ir.Closure):
                made = frozenset(path for path, fact in state.facts.items() if fact.kind is Kind.MADE)
                self.made_around[one.function] = self.made_around.get(one.function, made) & made
                keys, variables = self.ops.touch(one.function)
                self._change(keys, state)
                for variable in variables:
                    path = state.path(variable)
                    for known in (path, *state.facts.below(path)) if path is not None else ():
                        state.open(known)
            elif isinstance(one, ir.Unary):
                path = state.path(one.operand)
                if path is not None and self.world.map_type(path.type) is not None:
                    state.forget_path(path, self.world)
                    state.unknown(path)


def _may_be_same(key: ir.Value, other: ir.Value) -> bool:
    """Whether two keys that are written differently may well be equal: one of them is made on the spot."""
    made = (ir.Composite, ir.Result, ir.Binary, ir.Opaque)
    return key != other and (isinstance(strip(key), made) or isinstance(strip(other), made))


def _is_builtin(callee: ir.Value) -> bool:
    return isinstance(callee, ir.FunctionRef) and callee.package == "builtin"


def _own_names(path: ir.Value) -> tuple[str, ...]:
    """The names under which a path itself may be assigned: its place key, and those of a field."""
    key = place_key(path)
    names = assigned_as(path) if isinstance(path, ir.Field) else ()
    return (*names, key) if key is not None else names


def _mended(before: States, after: States) -> set[ir.Value]:
    """The paths that were nil or zero in all states before and are not known to be so in one after."""
    found: set[ir.Value] = set()
    for path in {path for state in before for path, fact in state.facts.items() if fact.kind in BAD}:
        if all((f := state.facts.get(path)) is not None and f.kind in BAD for state in before) and any(
            (now := state.facts.get(path)) is None or now.kind not in BAD for state in after
        ):
            found.add(path)
    zeros = {path for state in before for path, fact in state.facts.items() if fact.kind is Kind.ZERO}
    for state in after if zeros else ():
        found.update(path for path in zeros if state.facts.kind(path) is not Kind.ZERO)
        for path, now in state.facts.items():
            if now.kind in (Kind.MADE, Kind.EMPTY, Kind.UNKNOWN) and not any(path in one.facts for one in before):
                inside = [part for part in parents(path) if part in zeros]
                if inside:
                    found.update((path, *inside))
    return found


def _counts(loop: ir.Loop) -> bool:
    """Whether a loop counts from a start of its own: `for i := 0; i < n; i++`."""
    condition = loop.condition
    if not (isinstance(condition, ir.Binary) and condition.op in ("<", "<=") and isinstance(condition.left, ir.Local)):
        return False
    counted = condition.left.variable
    return any(isinstance(op, ir.Assign) and op.op and op.target == ir.Local(counted) for op in loop.post.ops)


def _never_runs(loop: ir.Loop, state: State) -> bool:
    """Whether a counting loop (`i < n`) has nothing to count: a condition has said that n is 0 or less."""
    condition = loop.condition
    if not (isinstance(condition, ir.Binary) and condition.op == "<" and isinstance(condition.left, ir.Local)):
        return False
    return no_more_than_zero(condition.right, state)


def _blocks(block: ir.Block) -> Iterator[ir.Block]:
    """A block and all blocks inside it."""
    yield block
    for op in block.ops:
        for inner in ir.blocks_of(op):
            yield from _blocks(inner)


_STRUCTURED: dict[type[ir.Op], Callable[[Interpreter, Any, States], States]] = {
    ir.Block: Interpreter._nested,
    ir.If: Interpreter._if,
    ir.Loop: Interpreter._loop,
    ir.Range: Interpreter._range,
    ir.Switch: Interpreter._switch,
    ir.Select: Interpreter._select,
    ir.Jump: Interpreter._jump,
    ir.Return: Interpreter._return,
}


def _is_there(value: ir.Value, at: ir.Span, function: ir.Function) -> bool:
    """Whether a condition around says that a value is not nil: if it holds a map, it is the one that is asserted."""
    for op in ir.walk(function.body) if function.body is not None else ():
        if isinstance(op, ir.If) and op.at[0] <= at[0] < op.at[1]:
            compared = compared_with_nil(op.condition)
            then = op.then.at[0] <= at[0] < op.then.at[1]
            if compared is not None and compared[1] != then and strip(compared[0]) == strip(value):
                return True
    return False


def _goes_with_error(value: ir.Value, op: ir.Return, function: ir.Function) -> bool:
    """Whether a result is an empty literal that only stands beside an error (`return Config{}, err`): nobody uses it."""
    bare = strip(value)
    if not isinstance(bare, ir.Composite) or bare.entries or len(op.values) < 2:
        return False
    last = op.values[-1]
    fails = bool(function.results) and function.results[-1].type == Basic("error")
    return fails and value is not last and not isinstance(last, ir.Nil)


_SIMPLE: dict[type[ir.Op], Callable[[Interpreter, Any, State], None]] = {
    ir.Access: Interpreter._access,
    ir.Assign: Interpreter._assign,
    ir.Call: Interpreter._call,
    ir.Send: Interpreter._send,
}
