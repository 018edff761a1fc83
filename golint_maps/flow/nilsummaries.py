"""What callers have to know of a function about nil maps: the last step of interpreting it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from golint_maps.flow import ir
from golint_maps.flow.assigned import assigned_keys
from golint_maps.flow.index import Index
from golint_maps.flow.nilfacts import BAD, Fact, Kind, variables_in
from golint_maps.flow.nilrecords import Given, Summary
from golint_maps.flow.nilstate import State, map_fields, strip
from golint_maps.flow.nilvalues import Values
from golint_maps.flow.sets import frozen
from golint_maps.types.model import Basic, Interface, Pointer, Struct, Type

_FLAGS = frozenset({"Var", "VarP", "VarPF"})

Exit = tuple[State, tuple[ir.Value, ...]]
Way = tuple[State, tuple[ir.Value, ...], ir.Value]


class Summaries:
    """Makes the summaries of functions."""

    def __init__(self, values: Values, index: Callable[[ir.Function], Index]) -> None:
        self.values = values
        self.world = values.world
        self.index = index

    def matters(self, function: ir.Function) -> bool:
        """Whether a function, or a literal inside it, has to do with maps that may be nil: most have not.

        Those that write maps or need them from their callers, those that give out maps, and those that make objects.
        """
        if any(self.world.map_type(result.type) is not None for result in function.results):
            return True
        makes = any(self._holds_maps(result.type) for result in function.results)
        return any(self._matters(self.index(one), makes) for one in ir.with_literals(function))

    def _matters(self, index: Index, makes: bool) -> bool:
        if any(op.kind == "write" for op in index.ops(ir.Access)):
            return True
        for assign in index.ops(ir.Assign):
            if isinstance(assign.target, (ir.Field, ir.Unary)) and self.world.map_type(assign.target.type) is not None:
                return True
            if makes and assign.value is not None and isinstance(strip(assign.value), (ir.Composite, ir.New)):
                return True
        for leaving in index.ops(ir.Return) if makes else ():
            if any(isinstance(strip(value), (ir.Composite, ir.Result)) for value in leaving.values):
                return True
        calls = index.ops(ir.Call)
        return any(takes_flag(call) or any(known.needs for known in self._known(call)) for call in calls)

    def _known(self, call: ir.Call) -> Iterator[Summary]:
        for callee in self.values.program.declared(call.callee):
            known = self.values.result.summaries.get(callee)
            if known is not None:
                yield known

    def _holds_maps(self, type_: Type) -> bool:
        return self.world.map_type(type_) is not None or bool(map_fields(type_, self.world))

    def slight(self, function: ir.Function) -> Summary:
        """The summary of a function that does nothing to maps itself: what it hands on may be changed by others."""
        summary = Summary(assigns=self.assigned(function))
        for one in ir.with_literals(function):
            index = self.index(one)
            given = [value for call in index.ops(ir.Call) for value in call.arguments]
            for call in index.ops(ir.Call):
                if isinstance(call.callee, (ir.MethodRef, ir.Field)):
                    given.append(call.callee.base)
            given.extend(op.value for op in index.ops(ir.Assign) if op.value is not None)
            given.extend(op.value for op in index.ops(ir.Send))
            for value in given:
                start = ir.root(value)
                if isinstance(start, ir.Local) and start.variable.kind in ("param", "receiver"):
                    summary.leaks.add(start.variable)
        return summary

    def assigned(self, function: ir.Function) -> frozenset[str]:
        """The place keys that a function and its literals assign, callees included.

        They may be thousands: who assigns no more than one of its callees does shares the set of that one.
        """
        own: set[str] = set()
        below: dict[int, frozenset[str]] = {}
        for one in ir.with_literals(function):
            index = self.index(one)
            assigning: list[ir.Op] = [op for op in index.ops(ir.Assign) if not isinstance(op.target, ir.Local)]
            assigning.extend(op for op, unary in index.inside(ir.Unary) if unary.op == "&")
            for op in dict.fromkeys(assigning):
                own |= assigned_keys(op)
            for call in index.ops(ir.Call):
                for known in self._known(call):
                    below[id(known.assigns)] = known.assigns
        most = max(below.values(), key=len, default=frozen())
        if own <= most and all(one <= most for one in below.values()):
            return most
        return frozen(own.union(*below.values()))

    def summarise(self, function: ir.Function, exits: list[Exit]) -> Summary:
        """The summary of a function that has been interpreted, from the states and values of its ways out."""
        summary = Summary(assigns=self.assigned(function))
        if not exits:
            return summary
        first = exits[0][0]
        summary.ensures = {
            path
            for path in first.facts
            if self.values.from_outside(path)
            and all(
                (f := state.facts.get(path)) is not None and f.kind in (Kind.MADE, Kind.EMPTY) for state, _ in exits
            )
        }
        for state, _ in exits:
            for path, fact in state.facts.items():
                if (
                    fact.kind is Kind.NIL
                    and fact.origin is not None
                    and not fact.origin.checked
                    and self.values.from_outside(path)
                ):
                    summary.leaves_nil.setdefault(path, fact.origin)
        summary.resets = {
            path: origin
            for path, origin in summary.leaves_nil.items()
            if all((f := state.facts.get(path)) is not None and f.kind is Kind.NIL for state, _ in exits)
        }
        for index in range(max(len(values) for _, values in exits)):
            ways = [(state, values, values[index]) for state, values in exits if index < len(values)]
            summary.results.append(self._given(ways, index))
        return summary

    def _given(self, ways: list[Way], index: int) -> Given:
        given = Given()
        declared = (
            self.values.function.results[index].type if index < len(self.values.function.results) else ways[0][2].type
        )
        if self.world.map_type(declared) is not None:
            facts = [self.values.fact_of(value, state) for state, _, value in ways]
            kinds = {fact.kind if fact is not None else None for fact in facts}
            bad = [fact for fact in facts if fact is not None and fact.kind in BAD]
            # Handed on with the error that it came with, or given up with another one.
            handed_on = Kind.PENDING in kinds and Kind.MAYBE not in kinds and self._guard(ways, facts) >= 0
            if bad and len(bad) == len(facts) and not handed_on:
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
                given.path = path if path is not None and self.values.from_outside(path) else None
            return given
        if not isinstance(self.world.underlying(self.world.deref(declared)), Struct):
            return given
        real = [way for way in ways if not isinstance(strip(way[2]), ir.Nil)]
        for chain in map_fields(declared, self.world):
            names = tuple(step.name for step in chain)
            facts = [self.values.below(value, chain, state) for state, _, value in real]
            if facts and all(fact is not None and fact.kind is Kind.NIL for fact in facts):
                assert facts[0] is not None
                given.facts[names], given.chains[names] = facts[0], chain
                continue
            sources = {self.values.source(value, chain, state) for state, _, value in real}
            if len(sources) == 1:
                source = sources.pop()
                if source is not None:
                    given.from_parameter[names], given.chains[names] = source, chain
        return given

    def _is_about_parameters(self, condition: ir.Value) -> bool:
        return any(
            v.kind in ("param", "receiver") and v.function is self.values.function for v in variables_in(condition)
        )

    def _guard(self, ways: list[Way], facts: list[Fact | None]) -> int:
        """The number of the result (an error, a bool) that tells whether the map is nil; -1 for none."""
        last = len(ways[0][1]) - 1
        results = self.values.function.results
        if last < 1 or last >= len(results) or any(len(values) <= last for _, values, _ in ways):
            return -1
        # Mostly the last one. Of the others, those that are nil exactly where the map is not.
        return next((i for i in range(last, -1, -1) if self._guards(i, ways, facts, certain=i == last)), -1)

    def _guards(self, index: int, ways: list[Way], facts: list[Fact | None], certain: bool) -> bool:
        type_ = self.values.function.results[index].type
        plain = type_ == Basic("error")
        if not plain and type_ != Basic("bool"):
            certain = False
            if not isinstance(self.world.underlying(type_), (Interface, Pointer)):
                return False
        for (state, values, _), fact in zip(ways, facts, strict=True):
            bad = fact is not None and fact.kind in BAD
            other = strip(values[index])
            if fact is not None and isinstance(other, ir.Local) and fact.call is not None:
                if state.meaning.get(other.variable) == fact.call:
                    continue  # the very ok that the map came with
            if type_ == Basic("bool"):
                fails = isinstance(other, ir.Constant) and other.text == "false"
            else:
                fails = not isinstance(other, ir.Nil)
            if (bad and not fails) or (not certain and not bad and fails):
                return False
        return True


def takes_flag(call: ir.Call) -> bool:
    """Whether a call has `flag`, or its like, take a value that it will call `Set` of: `flag.Var(&labels, …)`."""
    callee = call.callee
    return isinstance(callee, (ir.FunctionRef, ir.MethodRef, ir.Field)) and callee.name in _FLAGS
