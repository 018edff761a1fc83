"""Changes of a copied value that nobody sees: the struct that a range over a map hands out, written and dropped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import operands, parts
from golint_maps.flow.ranging import MapLoop
from golint_maps.types.model import Array, Pointer, Struct
from golint_maps.types.world import World


@dataclass(frozen=True, slots=True)
class LostWrite:
    """A write into the copy: `target` is the field or element, or the call of a method that only sets fields."""

    op: ir.Op
    target: ir.Value


def lost_writes(loop: MapLoop, package: PackageFlow) -> Iterator[LostWrite]:
    """The writes into the loop's copy of the value after which the copy is not used any more, in source order."""
    if not (isinstance(loop.value, ir.Local) and loop.loop.define):
        return
    variable = loop.value.variable
    if not isinstance(package.world.underlying(variable.type), (Struct, Array)) or variable.captured:
        return
    writes: list[tuple[int, LostWrite]] = []
    uses: list[tuple[int, ir.Op]] = []
    ops = list(ir.walk(loop.loop.body))
    for index, op in enumerate(ops):
        target = _written(op, variable, package)
        if target is not None:
            writes.append((index, LostWrite(op, target)))
        if any(_takes_address(value, variable) for value in operands(op)):
            return
        if _uses(op, target, variable):
            uses.append((index, op))
    for index, write in writes:
        again = _inner_loops_around(write.op, loop.loop.body)
        if not any(at > index or (op is not write.op and op in again) for at, op in uses):
            yield write


def _written(op: ir.Op, variable: ir.Variable, package: PackageFlow) -> ir.Value | None:
    """What an op writes inside of the variable's own object."""
    if (
        isinstance(op, ir.Assign)
        and not isinstance(op.target, ir.Local)
        and _inside(op.target, variable, package.world)
    ):
        return op.target
    if isinstance(op, ir.Call) and op.mode == "call" and isinstance(op.callee, ir.MethodRef):
        base = op.callee.base
        if (base == ir.Local(variable) or _inside(base, variable, package.world)) and not isinstance(
            package.world.underlying(base.type), Pointer
        ):
            declared = package.program.declared(op.callee)
            if len(declared) == 1 and _only_sets(declared[0], package.world):
                return op.callee
    return None


def _inside(value: ir.Value, variable: ir.Variable, world: World) -> bool:
    """Whether a place is part of the variable's own object: reached by fields and array elements, not by pointers."""
    while isinstance(value, (ir.Field, ir.Element)):
        wanted = Struct if isinstance(value, ir.Field) else Array
        if not isinstance(world.underlying(value.base.type), wanted):
            return False
        value = value.base
    return isinstance(value, ir.Local) and value.variable is variable


def _only_sets(method: ir.Function, world: World) -> bool:
    """Whether a method does nothing but assign fields of its pointer receiver."""
    receiver = method.receiver
    if receiver is None or method.body is None or method.results or not isinstance(receiver.type, Pointer):
        return False
    ops = method.body.ops
    return bool(ops) and all(
        isinstance(op, ir.Assign)
        and isinstance(op.target, ir.Field)
        and ir.strip(op.target.base) == ir.Local(receiver)
        and not (op.value is not None and any(isinstance(part, ir.Result) for part in parts(op.value)))
        for op in ops
    )


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


def _uses(op: ir.Op, target: ir.Value | None, variable: ir.Variable) -> bool:
    """Whether an op reads the variable, apart from what its own write needs."""
    if isinstance(op, ir.Assign) and target is not None:
        values = [op.value] if op.value is not None else []
        values += [part.key for part in parts(op.target) if isinstance(part, ir.Element)]
    elif isinstance(op, ir.Call) and target is not None:
        values = list(op.arguments)
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
