"""Ops that do nothing but change a variable's own object: what they do is lost where the variable is a copy."""

from __future__ import annotations

from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import parts
from golint_maps.types.model import Array, Interface, Pointer, Struct
from golint_maps.types.world import World


def changed_inside(op: ir.Op, variable: ir.Variable, package: PackageFlow) -> str:
    """What of the variable's own object an op changes, as a person would write it; "" where it may do more than that.

    It is an assignment to a field or array element, a method that only sets what its receiver points to (`v.Reset()`),
    or a function that only sets what its parameter points to (`reset(&v)`).
    """
    if isinstance(op, ir.Assign):
        inside = not isinstance(op.target, ir.Local) and is_inside(op.target, variable, package.world)
        return ir.text_of(op.target) if inside else ""
    if not isinstance(op, ir.Call) or op.mode != "call":
        return ""
    declared = package.program.declared(op.callee)
    if len(declared) != 1:
        return ""
    callee = declared[0]
    if isinstance(op.callee, ir.MethodRef):
        base = op.callee.base
        owned = is_inside(base, variable, package.world)
        if owned and not isinstance(package.world.underlying(base.type), (Pointer, Interface)):
            return f"{ir.text_of(op.callee)}()" if _only_sets(callee, callee.receiver) else ""
    elif isinstance(op.callee, ir.FunctionRef) and not callee.variadic:
        for parameter, argument in zip(callee.params, op.arguments, strict=False):
            given = argument.operand if isinstance(argument, ir.Unary) and argument.op == "&" else None
            if given is not None and is_inside(given, variable, package.world):
                return f"{ir.text_of(op.callee)}(&{ir.text_of(given)})" if _only_sets(callee, parameter) else ""
    return ""


def renewed_from_itself(op: ir.Op, variable: ir.Variable) -> bool:
    """Whether an op gives a variable a new value made of its old one: `n++`, `list = append(list, x)`."""
    if not (isinstance(op, ir.Assign) and isinstance(op.target, ir.Local) and op.target.variable is variable):
        return False
    value = op.value
    appended = isinstance(value, ir.Opaque) and value.text.startswith("append(") and value.operands[:1] == (op.target,)
    return appended or bool(op.op)


def is_inside(value: ir.Value, variable: ir.Variable, world: World) -> bool:
    """Whether a place is the variable's own object or part of it: reached by fields and array elements, not by pointers."""
    while isinstance(value, (ir.Field, ir.Element)):
        wanted = Struct if isinstance(value, ir.Field) else Array
        if not isinstance(world.underlying(value.base.type), wanted):
            return False
        value = value.base
    return isinstance(value, ir.Local) and value.variable is variable


def _only_sets(function: ir.Function, pointer: ir.Variable | None) -> bool:
    """Whether a function does nothing but assign what `pointer`, a receiver or parameter of it, points to."""
    if pointer is None or function.body is None or function.results or not isinstance(pointer.type, Pointer):
        return False
    ops = function.body.ops
    return bool(ops) and all(
        isinstance(op, ir.Assign)
        and _is_behind(op.target, pointer)
        and not (op.value is not None and any(isinstance(part, ir.Result) for part in parts(op.value)))
        for op in ops
    )


def _is_behind(target: ir.Value, pointer: ir.Variable) -> bool:
    """Whether a target is what a pointer points to, or a field of that."""
    if isinstance(target, ir.Field):
        return ir.strip(target.base) == ir.Local(pointer)
    return isinstance(target, ir.Unary) and target.op == "*" and ir.strip(target) == ir.Local(pointer)
