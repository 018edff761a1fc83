"""Local slices and arrays of maps of which no element is ever set: `rows := make([]map[string]int, n)`, then `rows[i][k] = v`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from golint_maps.flow import ir
from golint_maps.flow.nilfacts import Kind
from golint_maps.flow.nilrecords import Write
from golint_maps.flow.nilstate import strip
from golint_maps.flow.parts import definitions, operands, parts
from golint_maps.types.model import Array, Slice
from golint_maps.types.world import World


def unset_elements(writes: Iterable[Write], world: World) -> Iterator[tuple[ir.Variable, list[Write]]]:
    """The variables whose elements nothing sets, with the writes to the maps that these should be."""
    found: dict[ir.Variable, list[Write]] = defaultdict(list)
    for write in writes:
        path = strip(write.path)
        base = strip(path.base) if isinstance(path, ir.Element) else None
        if isinstance(base, ir.Local) and not (write.fact is not None and write.fact.kind is Kind.MADE):
            if base.variable.function is write.function and _is_without_maps(base.variable, world):
                found[base.variable].append(write)
    for variable, guilty in found.items():
        body = variable.function.body
        if body is not None and not _may_be_set(variable, body, guilty):
            yield variable, guilty


def _is_without_maps(variable: ir.Variable, world: World) -> bool:
    """Whether a variable is declared as a slice or an array of maps, all nil, and given nothing else."""
    type_ = world.underlying(variable.type)
    if not isinstance(type_, (Slice, Array)) or world.map_type(type_.element) is None:
        return False
    given = definitions(variable) if variable.kind == "local" and not variable.captured else []
    if len(given) != 1:
        return False
    made = isinstance(given[0], ir.Make) and isinstance(type_, Slice)
    return made or (given[0] is None and isinstance(type_, Array))


def _may_be_set(variable: ir.Variable, body: ir.Block, writes: list[Write]) -> bool:
    """Whether an element is assigned, or the slice handed to somebody who may do so, before the last write."""
    last = max(write.op.at[0] for write in writes)
    loops = [op.at for op in ir.walk(body) if isinstance(op, (ir.Loop, ir.Range))]
    for op in ir.walk(body):
        if isinstance(op, ir.Return):
            continue
        again = any(start <= op.at[0] < end and start <= last < end for start, end in loops)
        if op.at[0] > last and not again:
            continue
        if isinstance(op, ir.Assign) and not isinstance(op.target, ir.Local):
            if any(part == ir.Local(variable) for part in parts(op.target)):
                return True
        for value in operands(op):
            measured = isinstance(op, ir.Range) and value is op.subject and strip(value) == ir.Local(variable)
            declared = isinstance(op, ir.Assign) and value is op.target
            if not measured and not declared and _hands_out(value, variable):
                return True
    return False


def _hands_out(value: ir.Value, variable: ir.Variable) -> bool:
    """Whether a value is more of a slice than one of its elements, or its length."""
    if isinstance(value, ir.Element) and value.base == ir.Local(variable):
        return _hands_out(value.key, variable)
    if isinstance(value, ir.Opaque) and value.text.startswith(("len(", "cap(")):
        return False
    if isinstance(value, ir.Unary) and value.op == "&":
        return any(part == ir.Local(variable) for part in parts(value))
    if isinstance(value, ir.Local):
        return value.variable is variable
    if isinstance(value, (ir.Field, ir.MethodRef)):
        return _hands_out(value.base, variable)
    if isinstance(value, ir.Element):
        return _hands_out(value.base, variable) or _hands_out(value.key, variable)
    if isinstance(value, ir.Binary):
        return _hands_out(value.left, variable) or _hands_out(value.right, variable)
    return any(part == ir.Local(variable) for part in parts(value))
