"""Which maps may be nil where they are written: an abstract interpretation of its own, over the same intermediate form.

Inside a function, facts come from declarations, assignments, literals and conditions (`nilstate`). A function's summary
says which maps it needs from its callers (written here, neither made nor checked before), which fields it assigns, and
what is nil in its results. What the whole package says of a field is added by `nilplaces`. Unknown means silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from golint_maps.flow import ir
from golint_maps.flow.interpret import Program
from golint_maps.flow.nilstate import (
    BAD,
    MADE,
    UNKNOWN_FACT,
    Fact,
    Kind,
    Origin,
    State,
    extend,
    map_fields,
    mentions,
    merge,
    moved,
    parents,
    strip,
    variables_in,
)
from golint_maps.flow.parts import operands, parts
from golint_maps.flow.places import place_key, rebase
from golint_maps.types.model import Basic, Interface, Map, Struct, Type
from golint_maps.types.world import World

_MAX_LOOP_DEPTH = 3
# Needs that a summary passes on, and how many calls deep.
_MAX_NEEDS = 12
_MAX_DEPTH = 4
# Methods that don't come back, by the habits of `testing` and of loggers.
_FINAL = frozenset({"Fatal", "Fatalf", "Fatalln", "FailNow", "Panic", "Panicf", "Panicln"})
_SKIPS = frozenset({"Skip", "Skipf", "SkipNow"})
_DECODERS = ("json.", "xml.", "yaml.")


@dataclass(frozen=True, slots=True)
class Need:
    """A map that a function writes without making or checking it: `path` starts in its receiver, a parameter or a global.

    `function` and `op` are the write itself; `depth` counts the calls between. `conditional` tells that other conditions
    decide whether it happens, `looped` that a loop does.
    """

    path: ir.Value
    function: ir.Function
    op: ir.Access
    conditional: bool
    looped: bool
    depth: int = 0


@dataclass(slots=True, eq=False)
class Write:
    """A write to a map as this function sees it: its path and the worst that is known of it (None: nothing was done)."""

    function: ir.Function
    op: ir.Access
    path: ir.Value
    key: str | None
    fact: Fact | None
    conditional: bool
    times: int = 0
    untouched: bool = False
    bad: list[tuple[ir.Value, Fact]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NilWrite:
    """A write to a map that is nil. `at` in `function` is where to say so; `write` is the write itself."""

    function: ir.Function
    at: ir.Span
    map: ir.Value
    origin: Origin
    sure: bool
    write: tuple[ir.Function, ir.Span]
    kind: str = "write"
    fact: Kind = Kind.NIL


@dataclass(slots=True)
class Given:
    """What a result is on the ways out of a function: facts by the fields below it, and its path where all agree."""

    facts: dict[tuple[str, ...], Fact] = field(default_factory=dict)
    chains: dict[tuple[str, ...], tuple[ir.Field, ...]] = field(default_factory=dict)
    path: ir.Value | None = None
    guard: int = -1
    from_parameter: dict[tuple[str, ...], ir.Value] = field(default_factory=dict)
    when: list[dict[ir.Value, bool]] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Summary:
    """What callers have to know of a function; `assigns` are place keys, `leaks` the parameters that others may change."""

    needs: list[Need] = field(default_factory=list)
    assigns: set[str] = field(default_factory=set)
    ensures: set[ir.Value] = field(default_factory=set)
    leaves_nil: dict[ir.Value, Origin] = field(default_factory=dict)
    leaks: set[ir.Variable] = field(default_factory=set)
    results: list[Given] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Birth:
    """An object that leaves the function that made it with the map `key` (a place key) still nil."""

    key: str
    origin: Origin


@dataclass(slots=True)
class Nilness:
    """Everything found in a package, before the package-wide questions are asked."""

    found: list[NilWrite] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    births: list[Birth] = field(default_factory=list)
    leaked: set[str] = field(default_factory=set)
    # By the id of a write that its callers have to prepare: whether all of them have made the map.
    satisfied: dict[int, bool] = field(default_factory=dict)
    summaries: dict[ir.Function, Summary] = field(default_factory=dict)


@dataclass(slots=True)
class _Target:
    label: str
    loop: bool
    plain: bool = False
    breaks: list[State] = field(default_factory=list)
    continues: list[State] = field(default_factory=list)


States = list[State]


class Interpreter:
    """Interprets the functions of a package, callees first, and fills a `Nilness`."""

    def __init__(self, program: Program, result: Nilness) -> None:
        self.program = program
        self.world = program.world
        self.result = result
        self.function: ir.Function
        self.summary = Summary()
        self.targets: list[_Target] = []
        self.exits: list[tuple[State, tuple[ir.Value, ...]]] = []
        self.recording = True
        self.loop_depth = 0
        self.wild: frozenset[ir.Variable] = frozenset()
        self.closure_keys: frozenset[str] = frozenset()
        self.seen: dict[int, Write] = {}
        # The paths that are made where they are found to be nil, with the assignment.
        self.lazy: dict[ir.Value, ir.Span] = {}

    def run(self, function: ir.Function) -> None:
        """Interpret a declared function, then the function literals inside it."""
        if not self._matters(function):
            self.result.summaries[function] = self._slight(function)
            return
        self.wild, self.closure_keys = wild(function)
        pending = [function]
        while pending:
            one = pending.pop()
            pending.extend(one.closures)
            self._enter(one)

    def _enter(self, function: ir.Function) -> None:
        if function.body is None:
            return
        self.function = function
        self.summary = Summary()
        self.targets, self.exits, self.loop_depth, self.recording = [], [], 0, True
        self.seen, self.lazy = {}, {}
        state = State()
        for result in function.results:
            if result.name and result not in self.wild:
                self._zero(ir.Local(result, type=result.type), result.at, "it is a named result without a value", state)
        final = self.block(function.body, [state])
        for one in final:
            values = tuple(ir.Local(r, type=r.type) for r in function.results if r.name)
            self.exits.append((one, values))
        self.summary.assigns |= self._assigned(function)
        self._summarise()
        self.result.summaries[function] = self.summary
        self.result.writes.extend(self.seen.values())
        for write in self.seen.values():
            if write.bad:
                self._report(write)
            elif write.untouched and write.path in self.lazy:
                origin = self._origin(
                    self.lazy.pop(write.path), "another branch finds that it may be nil, and makes it"
                )
                at = write.op.at
                self.result.found.append(
                    NilWrite(function, at, write.path, origin, False, (function, at), fact=Kind.MAYBE)
                )

    def _matters(self, function: ir.Function) -> bool:
        """Whether a function, or a literal inside it, has to do with maps that may be nil: most have not.

        Those that write maps or need them from their callers, those that give out maps, and those that make objects.
        """
        if any(self.world.map_type(result.type) is not None for result in function.results):
            return True
        makes = any(self._holds_maps(result.type) for result in function.results)
        pending = [function]
        while pending:
            one = pending.pop()
            pending.extend(one.closures)
            for op in ir.walk(one.body) if one.body is not None else ():
                if isinstance(op, ir.Access):
                    if op.kind == "write":
                        return True
                elif isinstance(op, ir.Assign):
                    if isinstance(op.target, ir.Field) and self.world.map_type(op.target.type) is not None:
                        return True
                    if makes and isinstance(strip(op.value) if op.value else None, (ir.Composite, ir.New)):
                        return True
                elif isinstance(op, ir.Return):
                    if makes and any(isinstance(strip(value), (ir.Composite, ir.Result)) for value in op.values):
                        return True
                elif isinstance(op, ir.Call):
                    for callee in self.program.declared(op.callee):
                        known = self.result.summaries.get(callee)
                        if known is not None and known.needs:
                            return True
        return False

    def _holds_maps(self, type_: Type) -> bool:
        return self.world.map_type(type_) is not None or bool(map_fields(type_, self.world))

    def _slight(self, function: ir.Function) -> Summary:
        """The summary of a function that does nothing to maps itself: what it hands on may be changed by others."""
        summary = Summary(assigns=self._assigned(function))
        pending = [function]
        while pending:
            one = pending.pop()
            pending.extend(one.closures)
            for op in ir.walk(one.body) if one.body is not None else ():
                if isinstance(op, ir.Call):
                    base = [op.callee.base] if isinstance(op.callee, (ir.MethodRef, ir.Field)) else []
                    given: Iterable[ir.Value] = (*op.arguments, *base)
                elif isinstance(op, ir.Assign):
                    given = (op.value,) if op.value is not None else ()
                else:
                    given = (op.value,) if isinstance(op, ir.Send) else ()
                for value in given:
                    start = ir.root(value)
                    if isinstance(start, ir.Local) and start.variable.kind in ("param", "receiver"):
                        summary.leaks.add(start.variable)
        return summary

    def _assigned(self, function: ir.Function) -> set[str]:
        """The place keys that a function and its literals assign, callees included."""
        found: set[str] = set()
        pending = [function]
        while pending:
            one = pending.pop()
            pending.extend(one.closures)
            if one.body is None:
                continue
            for op in ir.walk(one.body):
                found |= assigned_keys(op)
                if isinstance(op, ir.Call):
                    for callee in self.program.declared(op.callee):
                        known = self.result.summaries.get(callee)
                        if known is not None:
                            found |= known.assigns
        return found

    # --- summaries ----------------------------------------------------------------------------------------------------

    def _summarise(self) -> None:
        if not self.exits:
            return
        first = self.exits[0][0]
        self.summary.ensures = {
            path
            for path in first.facts
            if self._from_outside(path)
            and all(
                (f := state.facts.get(path)) is not None and f.kind in (Kind.MADE, Kind.EMPTY)
                for state, _ in self.exits
            )
        }
        for state, _ in self.exits:
            for path, fact in state.facts.items():
                if (
                    fact.kind is Kind.NIL
                    and fact.origin is not None
                    and not fact.origin.checked
                    and self._from_outside(path)
                ):
                    self.summary.leaves_nil.setdefault(path, fact.origin)
        for index in range(max(len(values) for _, values in self.exits)):
            ways = [(state, values, values[index]) for state, values in self.exits if index < len(values)]
            self.summary.results.append(self._given(ways, index))

    def _given(self, ways: list[tuple[State, tuple[ir.Value, ...], ir.Value]], index: int) -> Given:
        given = Given()
        declared = self.function.results[index].type if index < len(self.function.results) else ways[0][2].type
        if self.world.map_type(declared) is not None:
            facts = [self.fact_of(value, state) for state, _, value in ways]
            kinds = {fact.kind if fact is not None else None for fact in facts}
            bad = [fact for fact in facts if fact is not None and fact.kind in BAD]
            if bad and len(bad) == len(facts):
                given.facts[()] = replace(bad[0], kind=Kind.NIL if kinds == {Kind.NIL} else Kind.MAYBE, call=None)
            elif bad:
                guard = self._guard(ways, facts)
                given.guard = guard
                given.facts[()] = replace(bad[0], kind=Kind.PENDING if guard >= 0 else Kind.MAYBE, call=None)
                given.when = [
                    {c: truth for c, truth in state.assumed.items() if self._is_about_parameters(c)}
                    for (state, _, _), fact in zip(ways, facts, strict=True)
                    if fact is not None and fact.kind in BAD
                ]
            paths = {state.path(value) for state, _, value in ways}
            if len(paths) == 1:
                path = paths.pop()
                given.path = path if path is not None and self._from_outside(path) else None
            return given
        if not isinstance(self.world.underlying(self.world.deref(declared)), Struct):
            return given
        real = [way for way in ways if not isinstance(strip(way[2]), ir.Nil)]
        for chain in map_fields(declared, self.world):
            names = tuple(step.name for step in chain)
            facts = [self._below(value, chain, state) for state, _, value in real]
            if facts and all(fact is not None and fact.kind is Kind.NIL for fact in facts):
                assert facts[0] is not None
                given.facts[names], given.chains[names] = facts[0], chain
                continue
            sources = {self._source(value, chain, state) for state, _, value in real}
            if len(sources) == 1:
                source = sources.pop()
                if source is not None:
                    given.from_parameter[names], given.chains[names] = source, chain
        return given

    def _is_about_parameters(self, condition: ir.Value) -> bool:
        return any(v.kind in ("param", "receiver") and v.function is self.function for v in variables_in(condition))

    def _below(self, value: ir.Value, chain: tuple[ir.Field, ...], state: State) -> Fact | None:
        """What is known of a map field of an object."""
        bare = strip(value)
        if isinstance(bare, ir.Composite):
            return self._in_literal(bare, chain, state)
        path = state.path(value)
        return state.lookup(extend(path, chain), self.world) if path is not None else UNKNOWN_FACT

    def _in_literal(self, literal: ir.Composite, chain: tuple[ir.Field, ...], state: State) -> Fact | None:
        for name, entry in literal.entries:
            if name == chain[-1].name and name != chain[0].name and name not in _own_fields(literal.type, self.world):
                return self.taken(entry, state)
            if name == chain[0].name:
                return self.taken(entry, state) if len(chain) == 1 else self._below(entry, chain[1:], state)
        if any(name is None for name, _ in literal.entries):
            return UNKNOWN_FACT
        return Fact(Kind.NIL, self._omitted(literal))

    def _source(self, value: ir.Value, chain: tuple[ir.Field, ...], state: State) -> ir.Value | None:
        """The parameter that a map field of an object was taken from, unchanged."""
        fact = self._below(value, chain, state)
        return fact.source if fact is not None else None

    def _guard(self, ways: list[tuple[State, tuple[ir.Value, ...], ir.Value]], facts: list[Fact | None]) -> int:
        """The number of the result (an error, a bool) that tells whether the map is nil; -1 for none."""
        last = len(ways[0][1]) - 1
        results = self.function.results
        if last < 1 or last >= len(results) or any(len(values) <= last for _, values, _ in ways):
            return -1
        type_ = results[last].type
        for (_, values, _), fact in zip(ways, facts, strict=True):
            bad = fact is not None and fact.kind in BAD
            other = strip(values[last])
            if type_ == Basic("error"):
                if bad and isinstance(other, ir.Nil):
                    return -1
            elif type_ == Basic("bool"):
                if bad and not (isinstance(other, ir.Constant) and other.text == "false"):
                    return -1
            else:
                return -1
        return last

    def _from_outside(self, path: ir.Value) -> bool:
        start = ir.root(path)
        if isinstance(start, ir.Global):
            return True
        return (
            isinstance(start, ir.Local)
            and start.variable.function is self.function
            and start.variable.kind in ("param", "receiver")
        )

    # --- values -------------------------------------------------------------------------------------------------------

    def _origin(self, at: ir.Span, message: str, checked: bool = False) -> Origin:
        return Origin(self.function, at, message, checked)

    def _omitted(self, literal: ir.Composite) -> Origin:
        return self._origin(literal.at, "this literal leaves it out")

    def fact_of(self, value: ir.Value, state: State) -> Fact | None:
        """What is known of a map-typed value; None for a place of the caller that was not touched here."""
        value = strip(value)
        if isinstance(value, ir.Nil):
            return Fact(Kind.NIL, self._origin(value.at, "nil is given here"))
        if isinstance(value, ir.Make):
            return Fact(Kind.EMPTY, self._origin(value.at, "it is made here, without entries"))
        if isinstance(value, ir.Composite):
            return (
                MADE if value.entries else Fact(Kind.EMPTY, self._origin(value.at, "it is made here, without entries"))
            )
        if isinstance(value, ir.Result):
            return self._result(value, state)
        if isinstance(value, ir.Assertion):
            return UNKNOWN_FACT
        path = state.path(value)
        return state.lookup(path, self.world) if path is not None else UNKNOWN_FACT

    def taken(self, value: ir.Value, state: State) -> Fact:
        """What a place holds after `place = value`."""
        fact = self.fact_of(value, state)
        if fact is None:
            path = state.path(value)
            named = path if isinstance(path, ir.Local) and path.variable.kind == "param" else None
            return Fact(Kind.UNKNOWN, source=named)
        return fact

    def _givens(self, call: ir.Call) -> list[tuple[ir.Function, Summary]]:
        """The summaries of all functions that a call may be a call of; nothing where one is unknown."""
        found: list[tuple[ir.Function, Summary]] = []
        if isinstance(call.callee, ir.MethodRef) and isinstance(
            self.world.underlying(call.callee.base.type), Interface
        ):
            return []  # others may implement it
        for callee in self.program.declared(call.callee):
            summary = self.result.summaries.get(callee)
            if summary is None:
                return []
            found.append((callee, summary))
        return found

    def _result(self, value: ir.Result, state: State) -> Fact:
        facts: list[Fact] = []
        for callee, summary in self._givens(value.call):
            if value.index >= len(summary.results):
                return UNKNOWN_FACT
            given = summary.results[value.index]
            fact = given.facts.get(())
            if fact is None and given.path is not None:
                path = self._translate(given.path, callee, value.call, state)
                fact = state.lookup(path, self.world) if path is not None else None
            if fact is None or (fact.origin is not None and fact.kind not in BAD):
                return UNKNOWN_FACT
            if (
                fact.kind is Kind.MAYBE
                and given.when
                and not any(self._holds(conditions, callee, value.call, state) for conditions in given.when)
            ):
                return UNKNOWN_FACT
            if fact.kind is Kind.PENDING:
                fact = replace(fact, call=ir.Result(value.call, given.guard))
            if given.facts and fact.kind is not Kind.PENDING:
                origin = self._origin(
                    value.at, f"{callee.name} {'returns' if fact.kind is Kind.NIL else 'may return'} nil"
                )
                fact = replace(fact, origin=origin)
            elif given.facts:
                fact = replace(fact, origin=self._origin(value.at, f"{callee.name} returns nil when it fails"))
            facts.append(fact)
        if facts and all(fact.kind is facts[0].kind for fact in facts):
            return facts[0]
        return UNKNOWN_FACT

    def _holds(self, conditions: dict[ir.Value, bool], callee: ir.Function, call: ir.Call, state: State) -> bool:
        """Whether the arguments of a call certainly meet conditions on the parameters of the callee."""
        for condition, truth in conditions.items():
            if not (isinstance(condition, ir.Binary) and condition.op == "==" and isinstance(condition.left, ir.Local)):
                return False
            argument = _argument(condition.left.variable, callee, call)
            if argument is None:
                return False
            if isinstance(condition.right, ir.Nil):
                fact = self.fact_of(argument, state) if self.world.map_type(argument.type) is not None else None
                is_nil = isinstance(strip(argument), ir.Nil) or (fact is not None and fact.kind is Kind.NIL)
                if not (is_nil and truth):
                    return False
            elif (
                not (isinstance(condition.right, ir.Constant) and isinstance(argument, ir.Constant))
                or (condition.right.text == argument.text) != truth
            ):
                return False
        return True

    def _translate(self, path: ir.Value, callee: ir.Function, call: ir.Call, state: State) -> ir.Value | None:
        """A callee's path in the caller's terms."""
        start = ir.root(path)
        if isinstance(start, ir.Global):
            return path
        if not isinstance(start, ir.Local):
            return None
        argument = _argument(start.variable, callee, call)
        there = state.path(argument) if argument is not None else None
        return rebase(path, start, there) if there is not None else None

    def _zero(self, path: ir.Value, at: ir.Span, message: str, state: State) -> None:
        if self.world.map_type(path.type) is not None:
            state.facts[path] = Fact(Kind.NIL, self._origin(at, message))
        elif isinstance(self.world.underlying(path.type), Struct):
            state.facts[path] = Fact(Kind.ZERO, self._origin(at, message))
        else:
            state.unknown(path)

    def store(self, path: ir.Value, value: ir.Value | None, at: ir.Span, state: State) -> None:
        """`path = value`; None is the zero value."""
        if value is None:
            state.forget_path(path, self.world)
            self._zero(path, at, "it is declared without a value", state)
            return
        bare = strip(value)
        is_map = self.world.map_type(path.type) is not None or self.world.map_type(bare.type) is not None
        if isinstance(bare, ir.Composite) and not is_map:
            entries = [(name, entry, self.taken(entry, state)) for name, entry in bare.entries]
            state.forget_path(path, self.world)
            self._literal(path, bare, entries, state)
            return
        if isinstance(bare, ir.New):
            state.forget_path(path, self.world)
            made = ir.Local(path.variable, type=self.world.deref(bare.type)) if isinstance(path, ir.Local) else path
            if bare.initial is None and isinstance(self.world.underlying(self.world.deref(bare.type)), Struct):
                state.facts[path] = Fact(Kind.ZERO, self._origin(bare.at, "new leaves it nil"))
            elif bare.initial is None and self.world.map_type(made.type) is not None:
                state.facts[path] = Fact(Kind.NIL, self._origin(bare.at, "new leaves it nil"))
            else:
                state.unknown(path)
            return
        if is_map:
            fact = self.taken(value, state)
            source = state.path(value)
            state.forget_path(path, self.world)
            if source is not None and source in state.facts:
                state.open(source)
                fact = MADE if fact.kind is Kind.EMPTY else fact
            state.facts[path] = fact
            return
        source = state.path(value)
        if isinstance(bare, ir.Result):
            state.forget_path(path, self.world)
            self._made_by_call(path, bare, state)
            return
        if source is not None and source != path and path not in parents(source):
            state.forget_path(path, self.world)
            state.unknown(path)
            moved(state, source, path)
            return
        state.forget_path(path, self.world)
        state.unknown(path)

    def _literal(
        self,
        path: ir.Value,
        literal: ir.Composite,
        entries: list[tuple[str | ir.Value | None, ir.Value, Fact]],
        state: State,
    ) -> None:
        if not isinstance(self.world.underlying(literal.type), Struct) or any(name is None for name, _, _ in entries):
            state.unknown(path)
            return
        state.facts[path] = Fact(Kind.ZERO, self._omitted(literal))
        for name, entry, fact in entries:
            assert isinstance(name, str)
            hops = self.world.field(literal.type, name)
            if hops is None:
                continue
            inner = path  # promoted fields may stand in literals since Go 1.27
            for hop in hops:
                owner = hop.owner if self.world.in_run(hop.owner) else ""
                inner = ir.Field(inner, hop.name, owner, type=hop.type, at=entry.at)
            bare = strip(entry)
            source = state.path(entry)
            if self.world.map_type(inner.type) is not None:
                if source is not None:
                    state.open(source)
                    fact = MADE if fact.kind is Kind.EMPTY else fact
                state.facts[inner] = fact
            elif isinstance(bare, ir.Composite):
                self._literal(inner, bare, [(n, e, self.taken(e, state)) for n, e in bare.entries], state)
            elif isinstance(bare, ir.Result):
                self._made_by_call(inner, bare, state)
            elif isinstance(self.world.underlying(self.world.deref(inner.type)), Struct):
                state.facts[inner] = UNKNOWN_FACT
                if source is not None:
                    moved(state, source, inner)

    def _made_by_call(self, path: ir.Value, value: ir.Result, state: State) -> None:
        """An object comes out of a call: what its constructor leaves nil is nil."""
        state.unknown(path)
        known = self._givens(value.call)
        if len(known) != 1 or value.index >= len(known[0][1].results):
            return
        callee, summary = known[0]
        given = summary.results[value.index]
        for names, chain in given.chains.items():
            inner = extend(path, chain)
            fact = given.facts.get(names)
            if fact is None:
                source = given.from_parameter[names]
                argument = _argument(source.variable, callee, value.call) if isinstance(source, ir.Local) else None
                fact = self.taken(argument, state) if argument is not None else UNKNOWN_FACT
                if fact.kind not in BAD:
                    continue
            state.facts[inner] = fact

    # --- conditions ---------------------------------------------------------------------------------------------------

    def assume(self, condition: ir.Value | None, truth: bool, states: Iterable[State]) -> States:
        """The states in which a condition is true (or false); each is a copy."""
        if condition is None:
            return [state.copy() for state in states] if truth else []
        found: States = []
        for state in states:
            found.extend(self._assume(condition, truth, state))
        return found

    def _assume(self, condition: ir.Value, truth: bool, state: State) -> States:
        if isinstance(condition, ir.Unary) and condition.op == "!":
            return self._assume(condition.operand, not truth, state)
        if isinstance(condition, ir.Constant) and condition.text in ("true", "false"):
            return [state.copy()] if (condition.text == "true") == truth else []
        if isinstance(condition, ir.Binary) and condition.op in ("&&", "||"):
            if (condition.op == "&&") == truth:  # both sides have this truth
                return self.assume(condition.right, truth, self._assume(condition.left, truth, state))
            first = self._assume(condition.left, truth, state)
            second = self.assume(condition.right, truth, self._assume(condition.left, not truth, state))
            if not truth:
                # `m == nil && other` was false: that m is nil all the same is a combination nobody may have meant.
                for one in second:
                    for path, fact in list(one.facts.items()):
                        if fact.kind is Kind.NIL and fact.origin and fact.origin.checked and path not in state.facts:
                            del one.facts[path]
                            one.unknown(path)
            return first + second
        if isinstance(condition, ir.Local) and condition.variable in state.meaning:
            meant = state.meaning[condition.variable]
            if not isinstance(meant, (ir.Result, ir.Local)):
                return self._assume(meant, truth, state)
        if isinstance(condition, ir.Binary) and condition.op == "!=":
            condition, truth = ir.Binary("==", condition.left, condition.right), not truth
        if truth is not _when_missing(condition) and self._needs_entry(condition, state):
            return []
        known = state.assumed.get(condition)
        if known is not None:
            return [state.copy()] if known == truth else []
        state = state.copy()
        if not self._refine(condition, truth, state):
            return []
        state.assumed[condition] = truth
        return [state]

    def _needs_entry(self, condition: ir.Value, state: State) -> bool:
        """Whether a condition compares the entry of a map which has none."""
        entry = condition.left if isinstance(condition, ir.Binary) else condition
        if _when_missing(condition) is None or not isinstance(entry, ir.Element):
            return False
        path = state.path(entry.base)
        if path is None or self.world.map_type(entry.base.type) is None:
            return False
        fact = state.lookup(path, self.world)
        return fact is not None and fact.kind in (Kind.NIL, Kind.EMPTY)

    def _refine(self, condition: ir.Value, truth: bool, state: State) -> bool:
        """Put what a condition tells into the state; False where it contradicts what is known."""
        if isinstance(condition, ir.Binary):
            left, right = condition.left, condition.right
            if condition.op == "==":
                if isinstance(left, ir.Nil):
                    left, right = right, left
                if isinstance(right, ir.Nil):
                    return self._compared(left, truth, condition.at, state)
            return self._measured(condition, truth, state)
        if isinstance(condition, ir.Found):
            return self._found(condition, truth, state)
        if isinstance(condition, ir.Local):
            meant = state.meaning.get(condition.variable)
            if isinstance(meant, ir.Result):
                self._settle(meant, not truth, state)
        return True

    def _compared(self, value: ir.Value, is_nil: bool, at: ir.Span, state: State) -> bool:
        if self.world.map_type(value.type) is not None:
            path = state.path(value)
            if path is None:
                return True
            fact = state.lookup(path, self.world)
            kind = fact.kind if fact is not None else Kind.UNKNOWN
            if (is_nil and kind in (Kind.MADE, Kind.EMPTY)) or (not is_nil and kind is Kind.NIL):
                return False
            if not is_nil:
                state.facts[path] = MADE
            elif kind is not Kind.NIL:
                origin = self._origin(value.at, "this comparison says that it may be nil", checked=True)
                state.facts[path] = Fact(Kind.NIL, origin)
            return True
        if isinstance(value, ir.Local):
            meant = state.meaning.get(value.variable)
            if isinstance(meant, ir.Result):
                self._settle(meant, not is_nil, state)
        return True

    def _settle(self, guard: ir.Result, failed: bool, state: State) -> None:
        """It has been looked at whether a call failed."""
        for path, fact in list(state.facts.items()):
            if fact.kind is Kind.PENDING and fact.call == guard:
                state.facts[path] = replace(fact, kind=Kind.MAYBE, call=None) if failed else MADE

    def _measured(self, condition: ir.Binary, truth: bool, state: State) -> bool:
        """`len(m) > 0` says that m is made."""
        left, right, op = condition.left, condition.right, condition.op
        if isinstance(left, ir.Constant):
            left, right, op = right, left, {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(op, op)
        if not (isinstance(left, ir.Opaque) and left.text.startswith("len(") and len(left.operands) == 1):
            return True
        measured = left.operands[0]
        if self.world.map_type(measured.type) is None or not isinstance(right, ir.Constant):
            return True
        bound = right.text
        some = {("==", "0"): False, (">", "0"): True, (">=", "1"): True, ("<", "1"): False, ("<=", "0"): False}.get(
            (op, bound)
        )
        if some is None and op in ("==", ">", ">=") and bound.isdigit():
            some = True if truth else None
        if some is None or some != truth:
            return True
        path = state.path(measured)
        if path is None:
            return True
        fact = state.lookup(path, self.world)
        if fact is not None and fact.kind in (Kind.NIL, Kind.EMPTY):
            return False
        state.facts[path] = MADE
        return True

    def _found(self, condition: ir.Found, truth: bool, state: State) -> bool:
        """The ok of `inner, ok := m[k]` or of an assertion."""
        subject = condition.subject
        path = state.path(subject)
        if path is None:
            self._settle_assertion(condition, truth, state)
            return True
        if truth and isinstance(path, ir.Element):
            outer = state.lookup(strip(path.base), self.world)
            if outer is not None and outer.kind in (Kind.EMPTY, Kind.NIL):
                return False
        if self.world.map_type(subject.type) is None:
            return True
        fact = state.lookup(path, self.world)
        if truth:
            if fact is None or fact.kind is not Kind.UNKNOWN:
                state.unknown(path)
            if isinstance(path, ir.Element):
                state.facts[path] = MADE
        elif fact is None or fact.kind not in (Kind.MADE,):
            origin = self._origin(subject.at, "there is no entry for this key", checked=True)
            state.facts[path] = Fact(Kind.NIL, origin)
        return True

    def _settle_assertion(self, condition: ir.Found, truth: bool, state: State) -> None:
        for path, fact in list(state.facts.items()):
            if fact.kind is Kind.PENDING and fact.call == condition:
                state.unknown(path) if truth else replace(fact, kind=Kind.NIL, call=None)

    # --- statements ---------------------------------------------------------------------------------------------------

    def block(self, block: ir.Block, states: States) -> States:
        """Interpret a block; returns the states behind it, none where control never arrives."""
        for op in block.ops:
            if not states:
                break
            structured = _STRUCTURED.get(type(op))
            if structured is not None:
                states = merge(structured(self, op, states), self.world)
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
        yes = merge(self.assume(op.condition, True, states), self.world)
        no = merge(self.assume(op.condition, False, states), self.world)
        for one, other in ((yes, op.orelse), (no, op.then)):
            if _remembers(other):
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
            leaving = self.assume(op.condition, False, inside) if op.condition is not None else []
            inside = self.assume(op.condition, True, inside)
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
                if op.over == "map" and (path := state.path(op.subject)) is not None:
                    fact = state.lookup(path, self.world)
                    if fact is not None and fact.kind in (Kind.NIL, Kind.EMPTY):
                        continue
                if _surely_empty(op.subject, state):
                    continue
                one = state.copy()
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
        """Run a loop body twice: to learn what its back edge brings, then for the record with that joined in."""
        self.loop_depth += 1
        entry, changed = states, set[ir.Value]()
        if self.loop_depth <= _MAX_LOOP_DEPTH:
            saved, recording = list(self.exits), self.recording
            self.recording = False
            back, _, target = once([state.copy() for state in states])
            self.recording, self.exits = recording, saved
            changed = _mended(states, [*back, *target.breaks])
            entry = [state.copy() for state in (*states, *back)]
            # What a branch of the loop makes is usually made before another branch uses it.
            for state in entry:
                for path in changed:
                    fact = state.facts.get(path)
                    if fact is not None and fact.kind in BAD and not (fact.origin and fact.origin.checked):
                        state.unknown(path)
            entry = merge(entry, self.world)
        back, leaving, target = once(entry)
        self.loop_depth -= 1
        # A loop that ran not once is not a path to accuse anybody by.
        for state in leaving:
            for path in changed:
                fact = state.facts.get(path)
                if fact is not None and fact.kind in (*BAD, Kind.ZERO):
                    state.unknown(path)
            for path in [path for path, fact in state.facts.items() if fact.kind is Kind.EMPTY]:
                if any((after := one.facts.get(path)) is None or after.kind is not Kind.EMPTY for one in back):
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
                    entry += self.assume(condition, True, rest)
                    rest = self.assume(condition, False, rest)
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
            for value in op.values:
                self._mention(value, state)
                self._leaks(value, state)
            if self.recording:
                self.exits.append((state, op.values))
        return []

    # --- what happens -------------------------------------------------------------------------------------------------

    def _access(self, op: ir.Access, state: State) -> None:
        for value in (op.key, op.value):
            if value is not None:
                self._mention(value, state)
        path = state.path(op.map)
        if path is None:
            return
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
                self._leaks(op.value, state)
        elif op.kind in ("delete", "clear"):
            for known in state.below(path):
                if known != path:
                    del state.facts[known]

    def _store_element(self, path: ir.Value, key: ir.Value, op: ir.Access, state: State) -> None:
        map_type = self.world.map_type(op.map.type)
        if map_type is None or op.value is None:
            return
        if self.world.map_type(map_type.value) is None and not isinstance(
            self.world.underlying(map_type.value), Struct
        ):
            return
        self.store(ir.Element(path, key, type=map_type.value, at=op.at), op.value, op.at, state)

    def _write(self, op: ir.Access, path: ir.Value, state: State) -> None:
        fact = state.lookup(path, self.world)
        start = ir.root(path)
        is_wild = isinstance(start, ir.Local) and start.variable in self.wild
        bad = fact is not None and fact.kind in BAD and fact.origin is not None and (not is_wild or fact.origin.checked)
        if bad and fact is not None and fact.origin is not None and fact.origin.checked:
            # Copying nothing into nil is fine, and what is copied is not known here.
            if op.via or -1 < fact.origin.limit < len(state.assumed):
                bad = False
        if bad and fact is not None:
            state.dead = fact.kind is Kind.NIL
            state.facts[path] = MADE
        if not self.recording:
            return
        conditional = bool(state.assumed)
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
        known.untouched = known.untouched or fact is None
        if fact is None and self._from_outside(path) and len(self.summary.needs) < _MAX_NEEDS:
            need = Need(path, self.function, op, conditional, self.loop_depth > 0)
            if not any(other.op is op for other in self.summary.needs):
                self.summary.needs.append(need)

    def _report(self, write: Write) -> None:
        """What to say of one write: sure where it is nil however control gets there."""
        path, fact = write.bad[0]
        assert fact.origin is not None
        sure = len(write.bad) == write.times and all(one.kind is Kind.NIL for _, one in write.bad)
        op = write.op
        self.result.found.append(
            NilWrite(self.function, op.at, path, fact.origin, sure, (self.function, op.at), fact=fact.kind)
        )

    def _assign(self, op: ir.Assign, state: State) -> None:
        if op.value is not None:
            self._mention(op.value, state)
        target = strip(op.target)
        if isinstance(target, ir.Local):
            self._assign_local(target, op, state)
            return
        path = state.path(target)
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
        self.store(path, value, op.at, state)

    def _assign_local(self, target: ir.Local, op: ir.Assign, state: State) -> None:
        variable, value = target.variable, op.value
        if isinstance(op.target, ir.Unary):  # `*p = v`
            path = state.path(target)
            if path is not None:
                # What points there goes on pointing there.
                pointers = {v: known for v, known in state.alias.items() if known == path}
                self.store(path, value, op.at, state)
                state.alias.update(pointers)
            return
        if op.op:
            value = ir.Opaque("")
        found: ir.Value | None = None
        if value is not None:
            bare = strip(value)
            source = state.path(value) if isinstance(bare, (ir.Local, ir.Global, ir.Field, ir.Element)) else None
            if isinstance(bare, ir.Result):
                source = self._result_path(bare, state)
            if source is not None and self._traceable(variable, source):
                found = source
        here = ir.Local(variable, type=variable.type, at=target.at)
        if found is not None and not mentions(found, variable) and variable not in self.wild:
            state.forget_variable(variable, self.world)
            state.alias[variable] = found
            return
        # The value may depend on the variable itself, so it is looked at before that is forgotten.
        temporary = ir.Local(ir.Variable("", variable.type, "local", self.function, op.at), type=variable.type)
        if op.value is None and not op.op:
            self.store(temporary, None, op.at, state)
        else:
            self.store(temporary, value, op.at, state)
            # Not so in type switches, whose cases bind the variable to what was found.
            two = isinstance(value, ir.Assertion) and value.checked and op.at != target.at
            if isinstance(value, ir.Assertion) and two and self.world.map_type(variable.type) is not None:
                origin = self._origin(value.at, "the assertion may fail")
                state.facts[temporary] = Fact(Kind.PENDING, origin, ir.Found(value))
        state.forget_variable(variable, self.world)
        if variable in self.wild:
            state.forget_path(temporary, self.world)
            state.unknown(here)
        else:
            for known in state.below(temporary):
                there = rebase(known, temporary, here)
                fact = state.facts.pop(known)
                if there is not None:
                    state.facts[there] = fact
        if isinstance(value, (ir.Binary, ir.Found, ir.Unary, ir.Result)) and not mentions(value, variable):
            state.meaning[variable] = value

    def _result_path(self, value: ir.Result, state: State) -> ir.Value | None:
        known = self._givens(value.call)
        if len(known) != 1 or value.index >= len(known[0][1].results):
            return None
        path = known[0][1].results[value.index].path
        return self._translate(path, known[0][0], value.call, state) if path is not None else None

    def _traceable(self, variable: ir.Variable, source: ir.Value) -> bool:
        if variable.function is not self.function:
            return False
        under = self.world.underlying(self.world.deref(source.type))
        return isinstance(under, (Map, Struct, Interface))

    def _call(self, op: ir.Call, state: State) -> None:
        self._mention(op.callee, state)
        for argument in op.arguments:
            self._mention(argument, state)
            for one in parts(argument):  # errors are looked at by others: `require.NoError(t, err)`
                if isinstance(one, ir.Local) and isinstance(meant := state.meaning.get(one.variable), ir.Result):
                    self._settle(meant, False, state)
        if isinstance(op.callee, ir.FunctionRef) and op.callee.package == "builtin":
            return
        if op.mode == "call" and self._is_final(op):
            state.dead = True
            return
        known = self._givens(op)
        if not known:
            self._unknown_call(op, state)
            return
        for callee, summary in known:
            self._known_call(op, callee, summary, state)
        for argument in op.arguments:
            path = state.path(argument)
            if path is not None:
                state.open(path)

    def _is_final(self, op: ir.Call) -> bool:
        """Whether a call does not come back."""
        if isinstance(op.callee, ir.MethodRef):
            name, owner = op.callee.name, op.callee.owner
            if name in _FINAL or (name in _SKIPS and owner.startswith("testing.")):
                return True
        declared = self.program.declared(op.callee)
        return bool(declared) and all(
            (facts := self.program.facts.get(callee)) is not None and facts.terminates for callee in declared
        )

    def _known_call(self, op: ir.Call, callee: ir.Function, summary: Summary, state: State) -> None:
        if isinstance(op.callee, ir.MethodRef):
            made = strip(op.callee.base)
            if isinstance(made, ir.Result) and made not in state.facts:
                self._made_by_call(made, made, state)
        for need in summary.needs:
            self._need(op, callee, need, state)
        self._change(summary.assigns, state)
        for variable in summary.leaks:
            argument = _argument(variable, callee, op)
            path = state.path(argument) if argument is not None else None
            if path is not None:
                state.spoil(path, self.world)
                self._mark_leak(path)
        for ensured in summary.ensures:
            path = self._translate(ensured, callee, op, state)
            if path is not None:
                state.facts[path] = MADE

    def _need(self, op: ir.Call, callee: ir.Function, need: Need, state: State) -> None:
        """The callee writes a map that it leaves to us to make."""
        start = ir.root(need.path)
        if isinstance(start, ir.Local):
            given = _argument(start.variable, callee, op)
            if given is not None and isinstance(strip(given), ir.Nil) and strip(need.path) == start:
                if self.recording and not need.conditional and op.mode == "call":
                    origin = self._origin(given.at, "nil is given here")
                    self._found_need(op, ir.Local(start.variable, type=start.type), origin, need)
                return
        path = self._translate(need.path, callee, op, state)
        if path is None:
            return
        if op.mode != "call":
            return
        fact = state.lookup(path, self.world)
        root = ir.root(path)
        if isinstance(root, ir.Local) and root.variable in self.wild:
            return
        if self.recording:
            good = fact is not None and fact.kind in (Kind.MADE, Kind.EMPTY)
            self.result.satisfied[id(need.op)] = good and self.result.satisfied.get(id(need.op), True)
        if fact is not None and fact.kind is Kind.NIL and fact.origin is not None and self.recording:
            if not need.conditional and not fact.origin.checked:
                self._found_need(op, path, fact.origin, need)
        elif (
            fact is None
            and self._from_outside(path)
            and need.depth < _MAX_DEPTH
            and len(self.summary.needs) < _MAX_NEEDS
        ):
            if (
                self.recording
                and op.mode == "call"
                and not any(o.op is need.op and o.path == path for o in self.summary.needs)
            ):
                passed = Need(
                    path,
                    need.function,
                    need.op,
                    need.conditional or bool(state.assumed),
                    need.looped or self.loop_depth > 0,
                    need.depth + 1,
                )
                self.summary.needs.append(passed)

    def _found_need(self, op: ir.Call, path: ir.Value, origin: Origin, need: Need) -> None:
        self.result.found.append(
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
        changed = set(keys)
        if not changed:
            return
        state.changed |= changed
        loose = {key.rpartition(".")[2] for key in changed if key.startswith("?.")}
        for path, fact in list(state.facts.items()):
            if path not in state.facts:
                continue
            key = place_key(path)
            whole_too = isinstance(path, ir.Field) and (path.name in loose or f"{path.owner}.*" in changed)
            if key in changed or whole_too:
                state.unknown(path)
            if fact.kind is Kind.ZERO:
                for chain in map_fields(path.type, self.world):
                    keys_here = {f"{step.owner}.{name}" for step in chain for name in (step.name, "*")}
                    if keys_here & changed or any(step.name in loose for step in chain):
                        state.facts[extend(path, chain)] = UNKNOWN_FACT

    def _unknown_call(self, op: ir.Call, state: State) -> None:
        values = list(op.arguments)
        if isinstance(op.callee, (ir.MethodRef, ir.Field)):
            values.append(op.callee.base)
        for value in values:
            self._leaks(value, state, call=True)

    def _leaks(self, value: ir.Value, state: State, call: bool = False) -> None:
        """Others get hold of an object: what is nil in it was born so, and may be changed by them from now on."""
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
                self._made_by_call(path, path, state)
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
        state.spoil(path, self.world)
        start = ir.root(path)
        if isinstance(start, ir.Local) and start.variable.kind in ("param", "receiver") and call:
            self.summary.leaks.add(start.variable)

    def _mark_leak(self, path: ir.Value) -> None:
        key = place_key(path)
        if key is not None:
            self.result.leaked.add(key)

    def _born(self, value: ir.Value, state: State) -> None:
        if not self.recording or self.function.is_test:
            return
        type_ = self.world.deref(value.type)
        for chain in map_fields(type_, self.world):
            fact = self._below(value, chain, state)
            key = f"{chain[-1].owner}.{chain[-1].name}" if chain[-1].owner else None
            if fact is not None and fact.kind is Kind.NIL and fact.origin is not None and key is not None:
                if not any(birth.origin.at == fact.origin.at and birth.key == key for birth in self.result.births):
                    self.result.births.append(Birth(key, fact.origin))

    def _send(self, op: ir.Send, state: State) -> None:
        self._leaks(op.value, state)

    def _mention(self, value: ir.Value, state: State) -> None:
        """Function literals and addresses inside a value: what they may change is not known any more."""
        for one in parts(value):
            if isinstance(one, ir.Closure):
                keys: set[str] = set()
                _collect_keys(one.function, keys)
                self._change(keys, state)
                for variable in _captured(one.function):
                    path = state.path(ir.Local(variable, type=variable.type))
                    if path is not None:
                        state.open(path)
            elif isinstance(one, ir.Unary) and one.op == "&":
                path = state.path(one.operand)
                if path is not None and self.world.map_type(path.type) is not None:
                    state.forget_path(path, self.world)
                    state.unknown(path)


def _argument(variable: ir.Variable, callee: ir.Function, call: ir.Call) -> ir.Value | None:
    """What a call gives for a parameter or the receiver."""
    if variable.kind == "receiver":
        return call.callee.base if isinstance(call.callee, ir.MethodRef) and callee.receiver is variable else None
    if callee.variadic and variable.index == len(callee.params) - 1:
        return None
    if 0 <= variable.index < len(call.arguments) and variable.function is callee:
        return call.arguments[variable.index]
    return None


def _own_fields(type_: Type, world: World) -> set[str]:
    struct = world.underlying(type_)
    return {one.name for one in struct.fields} if isinstance(struct, Struct) else set()


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
        found.update(path for path in zeros if state.facts.get(path, UNKNOWN_FACT).kind is not Kind.ZERO)
        for path, now in state.facts.items():
            if now.kind in (Kind.MADE, Kind.EMPTY, Kind.UNKNOWN) and not any(path in one.facts for one in before):
                found.update(part for part in parents(path) if part in zeros)
    return found


def _remembers(block: ir.Block) -> bool:
    """Whether a block assigns variables that are declared outside of it."""
    inside: set[ir.Variable] = set()
    for op in ir.walk(block):
        if isinstance(op, ir.Assign) and isinstance(op.target, ir.Local):
            if op.define:
                inside.add(op.target.variable)
            elif op.target.variable not in inside:
                return True
    return False


def _when_missing(condition: ir.Value) -> bool | None:
    """What `m[k]`, `m[k] == c` or `m[k] > c` is for a missing key; None where that can't be told."""
    if isinstance(condition, ir.Element):
        return False if condition.type == Basic("bool") else None
    if isinstance(condition, ir.Binary) and isinstance(condition.left, ir.Element):
        if isinstance(condition.right, ir.Constant):
            text = condition.right.text
            zero = text in ("0", '""', "false", "``", "0.0")
            if condition.op == "==":
                return zero if zero or text.isdigit() or text[:1] in '"`' else None
            if condition.op in (">", ">=") and text.isdigit():
                return condition.op == ">=" and zero
    return None


def _surely_empty(subject: ir.Value, state: State) -> bool:
    """Whether a condition has said that there is nothing to range over."""
    for condition, truth in state.assumed.items():
        if (
            isinstance(condition, ir.Binary)
            and isinstance(condition.left, ir.Opaque)
            and condition.left.operands == (subject,)
        ):
            if (
                isinstance(condition.right, ir.Constant)
                and condition.right.text == "0"
                and condition.left.text.startswith("len(")
            ):
                if (condition.op == "==" and truth) or (condition.op == ">" and not truth):
                    return True
        if isinstance(condition, ir.Binary) and condition.op == "==" and isinstance(condition.right, ir.Nil):
            if truth and condition.left == subject:
                return True
    return False


def assigned_keys(op: ir.Op) -> set[str]:
    """The place keys of fields, package variables and captured variables that an op may assign, itself or by address."""
    found: set[str] = set()
    values: list[ir.Value] = []
    if isinstance(op, ir.Assign):
        target = strip(op.target)
        if isinstance(target, (ir.Field, ir.Global)):
            found.add(place_key(target) or "?")
            if isinstance(target, ir.Field) and not target.owner:
                found.add(f"?.{target.name}")
        if isinstance(op.target, ir.Unary):  # `*p = T{…}`
            found |= whole(op.target)
        if isinstance(target, ir.Field) and op.value is not None:
            found |= whole(target)
        if op.value is not None:
            values.append(op.value)
    elif isinstance(op, ir.Call):
        values.extend(op.arguments)
    elif isinstance(op, ir.Return):
        values.extend(op.values)
    elif isinstance(op, ir.Access | ir.Send) and op.value is not None:
        values.append(op.value)
    for value in values:
        for one in parts(value):
            if isinstance(one, ir.Unary) and one.op == "&":
                inner = strip(one.operand)
                if isinstance(inner, (ir.Field, ir.Global)):
                    found.add(place_key(inner) or "?")
                    if isinstance(inner, ir.Field) and not inner.owner:
                        found.add(f"?.{inner.name}")
    return found


def whole(target: ir.Value) -> set[str]:
    """The mark that stands for every field of the type of a struct that is assigned as a whole."""
    type_ = target.type
    name = getattr(type_, "qualified", "")
    return {f"{name}.*"} if name else set()


def _collect_keys(function: ir.Function, keys: set[str]) -> None:
    if function.body is not None:
        for op in ir.walk(function.body):
            keys |= assigned_keys(op)
    for inner in function.closures:
        _collect_keys(inner, keys)


def _captured(function: ir.Function) -> set[ir.Variable]:
    """The variables of enclosing functions that a function literal writes through or assigns."""
    found: set[ir.Variable] = set()
    if function.body is not None:
        for op in ir.walk(function.body):
            for value in operands(op):
                for one in parts(value):
                    if isinstance(one, ir.Local) and one.variable.function is not function:
                        found.add(one.variable)
    for inner in function.closures:
        found |= _captured(inner)
    return found


def wild(function: ir.Function) -> tuple[frozenset[ir.Variable], frozenset[str]]:
    """The variables that function literals inside a function assign, and the keys of the fields that they assign."""
    variables: set[ir.Variable] = set()
    keys: set[str] = set()
    pending = list(function.closures)
    while pending:
        one = pending.pop()
        pending.extend(one.closures)
        if one.body is None:
            continue
        for op in ir.walk(one.body):
            keys |= assigned_keys(op)
            if isinstance(op, ir.Assign) and isinstance(op.target, ir.Local) and op.target.variable.function is not one:
                variables.add(op.target.variable)
    return frozenset(variables), frozenset(keys)


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
_SIMPLE: dict[type[ir.Op], Callable[[Interpreter, Any, State], None]] = {
    ir.Access: Interpreter._access,
    ir.Assign: Interpreter._assign,
    ir.Call: Interpreter._call,
    ir.Send: Interpreter._send,
}
