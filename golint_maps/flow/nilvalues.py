"""What values are as maps: nil, made, or what a callee's summary says; and what a place holds once they are stored."""

from __future__ import annotations

from dataclasses import replace

from golint_maps.flow import ir
from golint_maps.flow.nilfacts import BAD, MADE, NIL_GIVEN, UNKNOWN_FACT, Fact, Kind, Origin, parents
from golint_maps.flow.nilrecords import Nilness, Summary
from golint_maps.flow.nilstate import State, extend, moved, strip
from golint_maps.flow.places import rebase
from golint_maps.flow.program import Program
from golint_maps.types.model import Interface, Struct, Type
from golint_maps.types.world import World


class Values:
    """Answers about values in the function that is being interpreted, `function`, at a state."""

    def __init__(self, program: Program, result: Nilness) -> None:
        self.program = program
        self.world = program.world
        self.result = result
        self.function: ir.Function

    def origin(self, at: ir.Span, message: str, checked: bool = False) -> Origin:
        """Why something is nil: `message` says it of what stands at `at` in this function."""
        return Origin(self.function, at, message, checked)

    def omitted(self, literal: ir.Composite) -> Origin:
        """The origin of a field that a literal leaves out."""
        return self.origin(literal.at, "this literal leaves it out")

    def fact_of(self, value: ir.Value, state: State) -> Fact | None:
        """What is known of a map-typed value; None for a place of the caller that was not touched here."""
        value = strip(value)
        if isinstance(value, ir.Nil):
            return Fact(Kind.NIL, self.origin(value.at, NIL_GIVEN))
        if isinstance(value, ir.Make):
            return Fact(Kind.EMPTY, self.origin(value.at, "it is made here, without entries"))
        if isinstance(value, ir.Composite):
            return (
                MADE if value.entries else Fact(Kind.EMPTY, self.origin(value.at, "it is made here, without entries"))
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

    def from_outside(self, path: ir.Value) -> bool:
        """Whether a path starts in the receiver, a parameter or a package variable."""
        start = ir.root(path)
        if isinstance(start, ir.Global):
            return True
        return (
            isinstance(start, ir.Local)
            and start.variable.function is self.function
            and start.variable.kind in ("param", "receiver")
        )

    def givens(self, call: ir.Call) -> list[tuple[ir.Function, Summary]]:
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
        if isinstance(value.call.callee, ir.FunctionRef) and value.call.callee.name == "Clone":
            return self._clone(value, state)
        facts: list[Fact] = []
        for callee, summary in self.givens(value.call):
            if value.index >= len(summary.results):
                return UNKNOWN_FACT
            given = summary.results[value.index]
            fact = given.facts.get(())
            if fact is None and given.path is not None:
                path = self.translate(given.path, callee, value.call, state)
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
                origin = self.origin(
                    value.at, f"{callee.name} {'returns' if fact.kind is Kind.NIL else 'may return'} nil"
                )
                fact = replace(fact, origin=origin)
            elif given.facts:
                fact = replace(fact, origin=self.origin(value.at, f"{callee.name} returns nil when it fails"))
            facts.append(fact)
        if facts and all(fact.kind is facts[0].kind for fact in facts):
            return facts[0]
        return UNKNOWN_FACT

    def _clone(self, value: ir.Result, state: State) -> Fact:
        """What `maps.Clone(m)` gives: nil for nil."""
        call = value.call
        if not (isinstance(call.callee, ir.FunctionRef) and call.callee.package.endswith("maps") and call.arguments):
            return UNKNOWN_FACT
        cloned = self.fact_of(call.arguments[0], state)
        if cloned is None or cloned.kind is not Kind.NIL or cloned.origin is None or cloned.origin.checked:
            return UNKNOWN_FACT
        return Fact(
            Kind.NIL, self.origin(value.at, f"{ir.text_of(call.arguments[0])} is nil, and a clone of nil is nil")
        )

    def _holds(self, conditions: dict[ir.Value, bool], callee: ir.Function, call: ir.Call, state: State) -> bool:
        """Whether the arguments of a call certainly meet conditions on the parameters of the callee."""
        for condition, truth in conditions.items():
            if not (isinstance(condition, ir.Binary) and condition.op == "==" and isinstance(condition.left, ir.Local)):
                return False
            argument = argument_of(condition.left.variable, callee, call)
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

    def translate(self, path: ir.Value, callee: ir.Function, call: ir.Call, state: State) -> ir.Value | None:
        """A callee's path in the caller's terms."""
        start = ir.root(path)
        if isinstance(start, ir.Global):
            return path
        if not isinstance(start, ir.Local):
            return None
        argument = argument_of(start.variable, callee, call)
        there = state.path(argument) if argument is not None else None
        return rebase(path, start, there) if there is not None else None

    def result_path(self, value: ir.Result, state: State) -> ir.Value | None:
        """The place of the caller that a call returns, where its function always returns that one."""
        known = self.givens(value.call)
        if len(known) != 1 or value.index >= len(known[0][1].results):
            return None
        path = known[0][1].results[value.index].path
        return self.translate(path, known[0][0], value.call, state) if path is not None else None

    def below(self, value: ir.Value, chain: tuple[ir.Field, ...], state: State) -> Fact | None:
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
                return self.taken(entry, state) if len(chain) == 1 else self.below(entry, chain[1:], state)
        if any(name is None for name, _ in literal.entries):
            return UNKNOWN_FACT
        return Fact(Kind.NIL, self.omitted(literal))

    def source(self, value: ir.Value, chain: tuple[ir.Field, ...], state: State) -> ir.Value | None:
        """The parameter that a map field of an object was taken from, unchanged."""
        fact = self.below(value, chain, state)
        return fact.source if fact is not None else None

    def zero(self, path: ir.Value, at: ir.Span, message: str, state: State) -> None:
        """`path` gets its zero value."""
        if self.world.map_type(path.type) is not None:
            state.facts[path] = Fact(Kind.NIL, self.origin(at, message))
        elif isinstance(self.world.underlying(path.type), Struct):
            state.facts[path] = Fact(Kind.ZERO, self.origin(at, message))
        else:
            state.unknown(path)

    def store(self, path: ir.Value, value: ir.Value | None, at: ir.Span, state: State, fresh: bool = False) -> None:
        """`path = value`; None is the zero value. `fresh` tells that nothing is known of the path or through it."""
        forget = State.forget_nothing if fresh else State.forget_path
        if value is None:
            forget(state, path, self.world)
            self.zero(path, at, "it is declared without a value", state)
            return
        bare = strip(value)
        is_map = self.world.map_type(path.type) is not None or self.world.map_type(bare.type) is not None
        if isinstance(bare, ir.Composite) and not is_map:
            entries = [(name, entry, self.taken(entry, state)) for name, entry in bare.entries]
            forget(state, path, self.world)
            self._literal(path, bare, entries, state)
            return
        if isinstance(bare, ir.New):
            forget(state, path, self.world)
            made = ir.Local(path.variable, type=self.world.deref(bare.type)) if isinstance(path, ir.Local) else path
            if bare.initial is None and isinstance(self.world.underlying(self.world.deref(bare.type)), Struct):
                state.facts[path] = Fact(Kind.ZERO, self.origin(bare.at, "new leaves it nil"))
            elif bare.initial is None and self.world.map_type(made.type) is not None:
                state.facts[path] = Fact(Kind.NIL, self.origin(bare.at, "new leaves it nil"))
            else:
                state.unknown(path)
            return
        if is_map:
            fact = self.taken(value, state)
            source = state.path(value)
            forget(state, path, self.world)
            if source is not None and source in state.facts:
                state.open(source)
                fact = MADE if fact.kind is Kind.EMPTY else fact
            state.facts[path] = fact
            return
        source = state.path(value)
        if isinstance(bare, ir.Result):
            forget(state, path, self.world)
            self.made_by_call(path, bare, state)
            return
        if source is not None and source != path and path not in parents(source):
            forget(state, path, self.world)
            state.unknown(path)
            moved(state, source, path)
            return
        forget(state, path, self.world)
        state.unknown(path)

    def _literal(
        self,
        path: ir.Value,
        literal: ir.Composite,
        entries: list[tuple[str | ir.Value | None, ir.Value, Fact]],
        state: State,
    ) -> None:
        named = [(name, entry, fact) for name, entry, fact in entries if isinstance(name, str)]
        if not isinstance(self.world.underlying(literal.type), Struct) or len(named) < len(entries):
            state.unknown(path)
            return
        state.facts[path] = Fact(Kind.ZERO, self.omitted(literal))
        for name, entry, fact in named:
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
                self.made_by_call(inner, bare, state)
            elif isinstance(self.world.underlying(self.world.deref(inner.type)), Struct):
                state.facts[inner] = UNKNOWN_FACT
                if source is not None:
                    moved(state, source, inner)

    def made_by_call(self, path: ir.Value, value: ir.Result, state: State) -> None:
        """An object comes out of a call: what its constructor leaves nil is nil."""
        state.unknown(path)
        known = self.givens(value.call)
        if len(known) != 1 or value.index >= len(known[0][1].results):
            return
        callee, summary = known[0]
        given = summary.results[value.index]
        for names, chain in given.chains.items():
            inner = extend(path, chain)
            fact = given.facts.get(names)
            if fact is None:
                source = given.from_parameter[names]
                argument = argument_of(source.variable, callee, value.call) if isinstance(source, ir.Local) else None
                fact = self.taken(argument, state) if argument is not None else UNKNOWN_FACT
                if fact.kind not in BAD:
                    continue
            state.facts[inner] = fact


def argument_of(variable: ir.Variable, callee: ir.Function, call: ir.Call) -> ir.Value | None:
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
