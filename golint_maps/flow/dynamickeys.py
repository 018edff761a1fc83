"""Where the keys of maps with interface keys come from, and whether something that can't be hashed is among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import definitions
from golint_maps.flow.places import place_key
from golint_maps.flow.syncmaps import type_text, uncomparable
from golint_maps.record import record
from golint_maps.types.model import UNKNOWN, Basic, Interface, Struct, Type

_KEYED = frozenset({"read", "write", "delete"})
_MAX_DEPTH = 4


@record(frozen=True, slots=True)
class Unhashable:
    """A key that can't be hashed: the access, and why, with the place (`source`, `source_at`) that says so, if any."""

    function: ir.Function
    at: ir.Span
    map: ir.Value
    reason: str
    sure: bool
    source: ir.Function | None = None
    source_at: ir.Span = ir.NOWHERE


@record(frozen=True, slots=True)
class _Evidence:
    """Why a key can't be hashed. `chosen` tells that callers give a parameter other values as well, `held` that an object
    has kept it since: which of them it is, conditions may have asked."""

    reason: str
    sure: bool
    function: ir.Function | None = None
    at: ir.Span = ir.NOWHERE
    chosen: bool = False
    held: bool = False


class DynamicKeys:
    """The interface-typed keys of a package. Everything that a key may be is looked for in the package itself."""

    def __init__(self, package: PackageFlow) -> None:
        self.package = package
        self.world = package.world
        self._fields: dict[str, list[tuple[ir.Value, ir.Function]]] = defaultdict(list)
        self._given: dict[ir.Variable, list[tuple[ir.Value, ir.Function]]] = defaultdict(list)
        self._decoded: dict[ir.Variable, tuple[ir.Function, ir.Span]] = {}
        self._known: dict[tuple[object, ir.Function], _Evidence | None] = {}

    def find(self) -> Iterator[Unhashable]:
        """Each access with a key that can't be hashed, once per map and key in a function."""
        suspects = [
            (function, op)
            for function in self.package.all_functions()
            for op in self.package.index(function).ops(ir.Access)
            if op.kind in _KEYED and op.key is not None and not op.via
            if self._is_dynamic(op)
        ]
        if not suspects:
            return
        self._collect()
        said: set[tuple[ir.Function, ir.Value, ir.Value]] = set()
        for function, op in suspects:
            assert op.key is not None
            if (function, op.map, op.key) in said or _is_careful(function):
                continue
            evidence = self._evidence(op.key, function, 0)
            if evidence is not None and not (evidence.chosen and (evidence.held or _is_conditional(op, function))):
                said.add((function, op.map, op.key))
                yield Unhashable(
                    function, op.at, op.map, evidence.reason, evidence.sure, evidence.function, evidence.at
                )

    def _is_dynamic(self, op: ir.Access) -> bool:
        map_type = self.world.map_type(op.map.type)
        return map_type is not None and self._is_interface(map_type.key)

    def _is_interface(self, type_: Type) -> bool:
        if type_ in (Basic("any"), Basic("error")):
            return True
        under = self.world.underlying(type_)
        return isinstance(under, Interface) and not under.union

    def _collect(self) -> None:
        """What fields are given by literals and assignments, parameters by calls, and what is decoded into variables."""
        for function in self.package.all_functions():
            index = self.package.index(function)
            for op in index.ops(ir.Assign):
                key = place_key(op.target) if op.value is not None and isinstance(op.target, ir.Field) else None
                if key is not None and op.value is not None:
                    self._fields[key].append((op.value, function))
            for call in index.ops(ir.Call):
                self._call(call, function)
            for _, literal in index.inside(ir.Composite):
                self._literal(literal, function)

    def _literal(self, literal: ir.Composite, function: ir.Function) -> None:
        named = self.world.named(literal.type)
        if named is None or not isinstance(self.world.underlying(literal.type), Struct):
            return
        for name, entry in literal.entries:
            if isinstance(name, str):
                self._fields[f"{named.qualified}.{name}"].append((entry, function))

    def _call(self, op: ir.Call, function: ir.Function) -> None:
        for callee in self.package.program.declared(op.callee):
            for parameter, argument in zip(callee.params, op.arguments, strict=False):
                if not (callee.variadic and parameter is callee.params[-1]):
                    self._given[parameter].append((argument, function))
        if isinstance(op.callee, ir.FunctionRef | ir.MethodRef) and op.callee.name in ("Unmarshal", "Decode"):
            for argument in op.arguments:
                if isinstance(argument, ir.Unary) and argument.op == "&" and isinstance(argument.operand, ir.Local):
                    self._decoded[argument.operand.variable] = (function, op.at)

    def _evidence(self, key: ir.Value, function: ir.Function, depth: int) -> _Evidence | None:
        """Why a key may not be hashable; None where nothing shows it."""
        bare = key
        while isinstance(bare, ir.Conversion) and self._is_interface(bare.type):
            bare = bare.operand
        type_ = bare.type
        if type_ != UNKNOWN and not self._is_interface(type_):
            if uncomparable(type_, self.world):
                return _Evidence(f"it is a {type_text(type_)}", True, function, bare.at)
            if isinstance(bare, ir.Composite) and depth <= _MAX_DEPTH:
                held = [(entry, function) for _, entry in bare.entries]
                return self._first(held, depth, f"it is a {type_text(type_)} with a value that")
            return None
        if depth > _MAX_DEPTH:
            return None
        # Each source is asked once: what is being asked already, or gave nothing, has nothing to add.
        source = (bare.variable if isinstance(bare, ir.Local) else bare, function)
        if source not in self._known:
            self._known[source] = None
            self._known[source] = self._source(bare, function, depth)
        return self._known[source]

    def _source(self, bare: ir.Value, function: ir.Function, depth: int) -> _Evidence | None:
        if isinstance(bare, ir.Field):
            place = place_key(bare)
            found = self._first(self._fields.get(place or "", []), depth, f"{bare.name} is given a value that")
            return replace(found, held=True) if found is not None else None
        if isinstance(bare, ir.Local):
            return self._variable(bare.variable, function, depth)
        if isinstance(bare, ir.Result):
            return self._result(bare, depth)
        if isinstance(bare, ir.Element):
            return self._inside_decoded(bare, function)
        return None

    def _inside_decoded(self, value: ir.Value, function: ir.Function) -> _Evidence | None:
        """What is decoded as maps and slices of anything has anything inside: `row["id"]` of a decoded list of rows."""
        for _ in range(_MAX_DEPTH):
            while isinstance(value, ir.Element):
                value = ir.strip(value.base)
            if not isinstance(value, ir.Local):
                return None
            if value.variable in self._decoded:
                where, at = self._decoded[value.variable]
                return _Evidence("it is inside of what is decoded, and may be a slice or a map", False, where, at)
            loops = self.package.index(function).ops(ir.Range)
            ranged = next((op.subject for op in loops if op.value == ir.Local(value.variable)), None)
            if ranged is None:
                return None
            value = ir.strip(ranged)
        return None

    def _first(self, given: list[tuple[ir.Value, ir.Function]], depth: int, who: str) -> _Evidence | None:
        for value, function in given:
            evidence = self._evidence(value, function, depth + 1)
            if evidence is not None:
                return replace(evidence, reason=f"{who} {_last_word(evidence.reason)}", function=function, at=value.at)
        return None

    def _variable(self, variable: ir.Variable, function: ir.Function, depth: int) -> _Evidence | None:
        if variable in self._decoded:
            where, at = self._decoded[variable]
            return _Evidence("it is decoded and may be a slice or a map", False, where, at)
        for value in definitions(variable):
            if isinstance(value, ir.Result) and self._is_unwrapped(value):
                return _Evidence("errors that other code makes may be slices or hold some", False, function, value.at)
        if variable.kind == "param":
            found = self._first(self._given.get(variable, []), depth, "a caller gives a value that")
            if (
                found is not None
                and not variable.function.is_test
                and found.function is not None
                and found.function.is_test
            ):
                return None
            given = self._given.get(variable, [])
            mixed = found is not None and any(self._evidence(one, by, depth + 1) is None for one, by in given)
            return replace(found, chosen=True) if found is not None and mixed else found
        for value in definitions(variable):
            if value is not None:
                evidence = self._evidence(value, function, depth + 1)
                if evidence is not None:
                    return evidence
        return None

    def _is_unwrapped(self, value: ir.Result) -> bool:
        """Whether a value is the next error of a chain that anybody may have made."""
        callee = value.call.callee
        if not isinstance(callee, (ir.FunctionRef, ir.MethodRef, ir.Field)) or value.type != Basic("error"):
            return False
        return callee.name in ("Unwrap", "Cause") and not self.package.program.declared(callee)

    def _result(self, value: ir.Result, depth: int) -> _Evidence | None:
        """The result of a function of the package which returns interfaces: what its returns give."""
        for callee in self.package.program.declared(value.call.callee):
            if callee.body is None or callee.parent is not None:
                continue
            for op in ir.walk(callee.body):
                if isinstance(op, ir.Return) and value.index < len(op.values):
                    evidence = self._evidence(op.values[value.index], callee, depth + 1)
                    if evidence is not None:
                        reason = f"{callee.name} also returns a value that {_last_word(evidence.reason)}"
                        return _Evidence(reason, False, callee, op.values[value.index].at)
        return None


def _last_word(reason: str) -> str:
    """What a reason says in the end, without the ways that a value has come: `is a []any`."""
    return reason.rpartition("a value that ")[2].removeprefix("it ")


def _is_conditional(op: ir.Access, function: ir.Function) -> bool:
    """Whether a condition decides if control comes to an access: around it, or before it with a way out of the function."""
    for one in ir.walk(function.body) if function.body is not None else ():
        if isinstance(one, (ir.If, ir.Switch)):
            if one.at[0] < op.at[0] < one.at[1]:
                return True
            if one.at[1] <= op.at[0] and any(
                isinstance(inner, ir.Return) for block in ir.blocks_of(one) for inner in ir.walk(block)
            ):
                return True
    return False


def _is_careful(function: ir.Function) -> bool:
    """Whether a function asks if values can be compared, or recovers from the panic."""
    for op in ir.walk_with_literals(function):
        if isinstance(op, ir.Call) and isinstance(op.callee, ir.FunctionRef | ir.MethodRef | ir.Field):
            if op.callee.name in ("Comparable", "recover") or "hashable" in op.callee.name.lower():
                return True
    return False
