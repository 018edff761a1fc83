"""What an op is to the analysis of nil maps, whatever the state: read off once for each op, for it is interpreted often."""

from __future__ import annotations

from golint_maps.flow import ir
from golint_maps.flow.assigned import captured, collect_keys
from golint_maps.flow.endings import ends_by_name
from golint_maps.flow.hidden import only_reads
from golint_maps.flow.nilrecords import Summary
from golint_maps.flow.nilvalues import Values
from golint_maps.flow.parts import parts
from golint_maps.flow.program import Program
from golint_maps.types.model import Basic, Func, Interface

_NO_PLACES = (ir.Constant, ir.Nil, ir.FunctionRef, ir.Closure)

# What a function literal may change: the keys of places, and the captured variables.
Touch = tuple[frozenset[str], tuple[ir.Local, ...]]


class Ops:
    """Answers about the ops of one function."""

    def __init__(self, program: Program, values: Values) -> None:
        self._program = program
        self._world = program.world
        self._values = values
        self._touching: dict[ir.Op, tuple[ir.Value, ...]] = {}
        self._touches: dict[ir.Function, Touch] = {}
        self._looked_at: dict[ir.Call, tuple[ir.Variable, ...]] = {}
        self._given: dict[ir.Call, tuple[ir.Value, ...]] = {}
        self._callees: dict[ir.Call, list[tuple[ir.Function, Summary]]] = {}
        self._final: dict[ir.Call, bool] = {}
        self._remembering: dict[ir.Block, bool] = {}
        self._basic: dict[ir.Variable, bool] = {}

    def touching(self, op: ir.Op, values: tuple[ir.Value | None, ...]) -> tuple[ir.Value, ...]:
        """The function literals inside the values of an op, and the places whose address is taken there."""
        known = self._touching.get(op)
        if known is None:
            known = self._touching[op] = tuple(
                part
                for value in values
                if value is not None
                for part in parts(value)
                if isinstance(part, ir.Closure) or (isinstance(part, ir.Unary) and part.op == "&")
            )
        return known

    def touch(self, literal: ir.Function) -> Touch:
        """What a function literal may change."""
        known = self._touches.get(literal)
        if known is None:
            keys: set[str] = set()
            collect_keys(literal, keys)
            variables = tuple(ir.Local(variable, type=variable.type) for variable in captured(literal))
            known = self._touches[literal] = (frozenset(keys), variables)
        return known

    def looked_at(self, call: ir.Call) -> tuple[ir.Variable, ...]:
        """The variables inside the arguments of a call."""
        known = self._looked_at.get(call)
        if known is None:
            known = self._looked_at[call] = tuple(
                part.variable for value in call.arguments for part in parts(value) if isinstance(part, ir.Local)
            )
        return known

    def given(self, call: ir.Call) -> tuple[ir.Value, ...]:
        """The places and objects that a call hands on: its arguments, and what its method belongs to."""
        known = self._given.get(call)
        if known is None:
            base = (call.callee.base,) if isinstance(call.callee, (ir.MethodRef, ir.Field)) else ()
            known = tuple(value for value in (*call.arguments, *base) if not isinstance(value, _NO_PLACES))
            if isinstance(call.callee, ir.FunctionRef) and only_reads(call.callee.package, call.callee.name):
                known = tuple(value for value in known if self._world.map_type(value.type) is None)
            self._given[call] = known
        return known

    def callees(self, call: ir.Call) -> list[tuple[ir.Function, Summary]]:
        """As `Values.givens`."""
        known = self._callees.get(call)
        if known is None:
            known = self._callees[call] = self._values.givens(call)
        return known

    def may_find(self, call: ir.Call) -> bool:
        """Whether a call may come to objects that it is not given: not so for the functions of other packages, unless they
        call back."""
        if not isinstance(call.callee, ir.FunctionRef) or self._program.declared(call.callee):
            return True
        return any(isinstance(self._world.underlying(value.type), (Func, Interface)) for value in call.arguments)

    def is_final(self, call: ir.Call) -> bool:
        """Whether a call does not come back."""
        known = self._final.get(call)
        if known is None:
            known = self._final[call] = self._ends(call)
        return known

    def _ends(self, call: ir.Call) -> bool:
        declared = self._program.declared(call.callee)
        if ends_by_name(call.callee, bool(declared)):
            return True
        return bool(declared) and all(
            (facts := self._program.facts.get(callee)) is not None and facts.terminates for callee in declared
        )

    def remembers(self, block: ir.Block) -> bool:
        """Whether a block assigns variables that are declared outside of it."""
        known = self._remembering.get(block)
        if known is None:
            known = self._remembering[block] = _remembers(block)
        return known

    def is_basic(self, variable: ir.Variable) -> bool:
        """Whether a variable is a number, a text, a bool or an error, so that it can't lead to a map."""
        known = self._basic.get(variable)
        if known is None:
            type_ = self._world.underlying(variable.type)
            known = self._basic[variable] = isinstance(type_, Basic) and type_.name != "any"
        return known


def _remembers(block: ir.Block) -> bool:
    inside: set[ir.Variable] = set()
    for op in ir.walk(block):
        if isinstance(op, ir.Assign) and isinstance(op.target, ir.Local):
            if op.define:
                inside.add(op.target.variable)
            elif op.target.variable not in inside:
                return True
    return False
