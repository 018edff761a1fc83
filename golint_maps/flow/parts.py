"""The values inside a value: what questions like "does this mention that variable" are asked of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from golint_maps.flow import ir


def parts(value: ir.Value) -> Iterator[ir.Value]:
    """The value and all values inside it; results of calls are not entered, for their arguments were ops before."""
    stack = [value]
    while stack:
        one = stack.pop()
        yield one
        if isinstance(one, (ir.Field, ir.MethodRef)):
            stack.append(one.base)
        elif isinstance(one, ir.Element):
            stack.extend((one.base, one.key))
        elif isinstance(one, (ir.Unary, ir.Conversion, ir.Assertion)):
            stack.append(one.operand)
        elif isinstance(one, ir.Binary):
            stack.extend((one.left, one.right))
        elif isinstance(one, ir.Composite):
            for key, entry in one.entries:
                stack.append(entry)
                if isinstance(key, ir.Value):
                    stack.append(key)
        elif isinstance(one, ir.Make):
            stack.extend(one.arguments)
        elif isinstance(one, ir.New) and one.initial is not None:
            stack.append(one.initial)
        elif isinstance(one, ir.Opaque):
            stack.extend(one.operands)
        elif isinstance(one, (ir.Found, ir.Item)):
            stack.append(one.subject)


def operands(op: ir.Op) -> tuple[ir.Value, ...]:
    """The values that an op itself uses, those of its blocks and the targets that it assigns as well."""
    if isinstance(op, ir.Access):
        return tuple(one for one in (op.map, op.key, op.value) if one is not None)
    if isinstance(op, ir.Call):
        return (op.callee, *op.arguments)
    if isinstance(op, ir.Assign):
        return (op.target,) if op.value is None else (op.target, op.value)
    if isinstance(op, ir.Return):
        return op.values
    if isinstance(op, ir.Send):
        return (op.channel, op.value)
    if isinstance(op, ir.Receive):
        return (op.channel,)
    if isinstance(op, ir.If):
        return (op.condition,)
    if isinstance(op, ir.Loop):
        return (op.condition,) if op.condition is not None else ()
    if isinstance(op, ir.Range):
        return tuple(one for one in (op.subject, op.key, op.value) if one is not None)
    if isinstance(op, ir.Switch):
        subject = (op.subject,) if op.subject is not None else ()
        return (*subject, *(value for case in op.cases for value in case.values))
    return ()


def mentions(value: ir.Value, variable: ir.Variable) -> bool:
    """Whether a value uses a variable, also through a function literal that captures it."""
    for part in parts(value):
        if isinstance(part, ir.Local) and part.variable is variable:
            return True
        if isinstance(part, ir.Closure) and captures(part.function, variable):
            return True
    return False


def captures(function: ir.Function, variable: ir.Variable) -> bool:
    """Whether the body of a function literal, or of one inside it, uses a variable."""
    if not variable.captured and variable.function is not function:
        return False
    pending = [function]
    while pending:
        one = pending.pop()
        pending.extend(one.closures)
        if one.body is None:
            continue
        for op in ir.walk(one.body):
            for value in operands(op):
                if any(isinstance(part, ir.Local) and part.variable is variable for part in parts(value)):
                    return True
    return False


def definitions(variable: ir.Variable) -> list[ir.Value | None]:
    """What a variable is given by the assignments of its function and the literals inside it, in source order.

    A declaration without a value and the steps of a range give None; the value of a parameter is not listed.
    """
    return _all_definitions(variable.function).get(variable, [])


@lru_cache(maxsize=512)
def _all_definitions(function: ir.Function) -> dict[ir.Variable, list[ir.Value | None]]:
    """The definitions in a function, of all its variables: they are asked for one by one, and the walk is long."""
    given: dict[ir.Variable, list[ir.Value | None]] = defaultdict(list)
    pending = [function]
    while pending:
        one = pending.pop(0)
        pending.extend(one.closures)
        if one.body is None:
            continue
        for op in ir.walk(one.body):
            if isinstance(op, ir.Assign):
                if isinstance(op.target, ir.Local):
                    given[op.target.variable].append(op.value)
            elif isinstance(op, ir.Range):
                for target in (op.key, op.value):
                    if isinstance(target, ir.Local):
                        given[target.variable].append(None)
    return given
