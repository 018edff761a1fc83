"""Changes of a copied value that nobody sees: the struct that a range over a map hands out, written and dropped."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import operands, parts
from golint_maps.flow.ranging import MapLoop
from golint_maps.flow.setters import changed_inside, renewed_from_itself
from golint_maps.record import record
from golint_maps.types.model import Array


@record(frozen=True, slots=True)
class LostWrite:
    """A write into the copy: `what` is the field or element, or the call that only sets fields, as it is written."""

    op: ir.Op
    what: str


def lost_writes(loop: MapLoop, package: PackageFlow) -> Iterator[LostWrite]:
    """The writes into the loop's copy of the value after which the copy is not used any more, in source order."""
    if not (isinstance(loop.value, ir.Local) and loop.loop.define):
        return
    variable = loop.value.variable
    if variable.captured:
        return
    writes: list[tuple[int, LostWrite]] = []
    uses: list[tuple[int, ir.Op]] = []
    ops = list(ir.walk(loop.loop.body))
    for index, op in enumerate(ops):
        what = variable.name if renewed_from_itself(op, variable) else changed_inside(op, variable, package)
        if what:
            writes.append((index, LostWrite(op, what)))
        if any(_takes_address(value, variable) for value in operands(op)) and not (what and isinstance(op, ir.Call)):
            return
        if _uses(op, what, variable):
            uses.append((index, op))
    for index, write in writes:
        again = _inner_loops_around(write.op, loop.loop.body)
        if not any(at > index or (op is not write.op and op in again) for at, op in uses):
            yield write


def _takes_address(value: ir.Value, variable: ir.Variable) -> bool:
    """Whether the value holds a pointer into the variable, through which the write may be seen later."""
    for part in parts(value):
        if isinstance(part, ir.Unary) and part.op == "&" and _starts_in(part.operand, variable):
            return True
        if isinstance(part, ir.Opaque) and any(_starts_in(one, variable) for one in part.operands if _is_array(one)):
            return True  # `v.buffer[:]` shares the array
    return False


def _is_array(value: ir.Value) -> bool:
    return isinstance(value.type, Array)


def _starts_in(value: ir.Value, variable: ir.Variable) -> bool:
    start = ir.root(value)
    return isinstance(start, ir.Local) and start.variable is variable


def _uses(op: ir.Op, written: str, variable: ir.Variable) -> bool:
    """Whether an op reads the variable, apart from what its own write (`written`, if any) needs."""
    if isinstance(op, ir.Assign) and written and not isinstance(op.target, ir.Local):
        values = [op.value] if op.value is not None else []
        values += [part.key for part in parts(op.target) if isinstance(part, ir.Element)]
    elif isinstance(op, ir.Call) and written:
        values = [one for one in op.arguments if not isinstance(one, ir.Unary)]
    else:
        values = list(operands(op))
    return any(isinstance(part, ir.Local) and part.variable is variable for value in values for part in parts(value))


def _inner_loops_around(op: ir.Op, body: ir.Block) -> set[ir.Op]:
    """The ops of the loops inside of the body that also run the op again, their conditions included."""
    found: set[ir.Op] = set()
    for outer in ir.walk(body):
        if isinstance(outer, (ir.Loop, ir.Range)):
            inside = [one for block in ir.blocks_of(outer) for one in ir.walk(block)]
            if op in inside:
                found.update(inside)
                found.add(outer)
    return found
