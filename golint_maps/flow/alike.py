"""Whether two expressions of one function certainly denote the same object, also through variables and calls of getters."""

from __future__ import annotations

from golint_maps.flow import ir
from golint_maps.flow.definitions import definitions
from golint_maps.flow.parts import parts
from golint_maps.record import record

_MAX_DEPTH = 8


def has_foreign_keys(path: ir.Value, function: ir.Function) -> bool:
    """Whether a getter has picked an object by a key, or in a loop, of its own: two calls may have picked two objects."""
    start = ir.root(path)
    for part in parts(path):
        if isinstance(part, ir.Local) and part != start and not _is_seen(part.variable, function):
            return True
        if isinstance(part, ir.Item):
            body = ir.outermost(function)
            if not any(op is part.loop for op in ir.walk_with_literals(body)):
                return True
    return False


def _is_seen(variable: ir.Variable, function: ir.Function) -> bool:
    """Whether a variable is one of the function, or of one around it."""
    inside: ir.Function | None = function
    while inside is not None and inside is not variable.function:
        inside = inside.parent
    return inside is not None


@record(frozen=True, slots=True)
class Alike:
    """Compares expressions that stand at two points of a function, from `start` to `end` in its text."""

    start: int
    end: int

    def same(self, one: ir.Value, other: ir.Value, depth: int = 0) -> bool:
        """Whether two expressions are one object: the same variable, or the same getter with the same arguments."""
        one, other = ir.strip(one), ir.strip(other)
        if depth > _MAX_DEPTH:
            return False
        if isinstance(one, ir.Local) and one == other and self._keeps(one.variable):
            return True
        one, other = _given(one), _given(other)
        if isinstance(one, ir.Result) and isinstance(other, ir.Result):
            return one == other or (one.index == other.index and self.same_call(one.call, other.call, depth))
        if isinstance(one, ir.Field) and isinstance(other, ir.Field):
            return one.name == other.name and self.same(one.base, other.base, depth + 1)
        if isinstance(one, ir.Element) and isinstance(other, ir.Element):
            return self.same(one.base, other.base, depth + 1) and self.same(one.key, other.key, depth + 1)
        if isinstance(one, ir.Local):
            return one == other and self._keeps(one.variable)
        return isinstance(one, (ir.Constant, ir.Global, ir.Nil, ir.Item)) and one == other

    def same_call(self, one: ir.Call, other: ir.Call, depth: int = 0) -> bool:
        """Whether two calls are calls of one function, or of one method of one object, with the same arguments."""
        mine, others = one.arguments, other.arguments
        if isinstance(one.callee, ir.MethodRef) and isinstance(other.callee, ir.MethodRef):
            alike = one.callee.name == other.callee.name and self.same(one.callee.base, other.callee.base, depth + 1)
        else:
            alike = isinstance(one.callee, ir.FunctionRef) and one.callee == other.callee
        return (
            alike
            and len(mine) == len(others)
            and all(self.same(a, b, depth + 1) for a, b in zip(mine, others, strict=True))
        )

    def _keeps(self, variable: ir.Variable) -> bool:
        """Whether a variable holds at both points what it was given before."""
        return variable.assignments <= 1 or not any(
            isinstance(op, ir.Assign)
            and isinstance(op.target, ir.Local)
            and op.target.variable is variable
            and self.start < op.at[0] < self.end
            for op in ir.walk_with_literals(variable.function)
        )


def _given(value: ir.Value) -> ir.Value:
    """What a local variable was given, if that was once."""
    for _ in range(_MAX_DEPTH):
        if not isinstance(value, ir.Local) or value.variable.kind != "local" or value.variable.assignments > 1:
            break
        known = definitions(value.variable)
        if len(known) != 1 or known[0] is None:
            break
        value = ir.strip(known[0])
    return value
