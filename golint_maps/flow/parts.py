"""The values inside a value: what questions like "does this mention that variable" are asked of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from golint_maps.flow import ir
from golint_maps.flow.remembered import remembered


def parts(value: ir.Value) -> Iterator[ir.Value]:
    """The value and all values inside it; results of calls are not entered, for their arguments were ops before."""
    return all_inside(value, INSIDE)


def all_inside(
    value: ir.Value, table: Mapping[type[ir.Value], Callable[[Any], Iterable[ir.Value]]]
) -> Iterator[ir.Value]:
    """The value and all values inside it, as `table` tells what is in values of each kind."""
    if type(value) not in table:
        return iter((value,))
    found: list[ir.Value] = []
    stack = [value]
    while stack:
        one = stack.pop()
        found.append(one)
        inside = table.get(type(one))
        if inside is not None:
            stack.extend(inside(one))
    return iter(found)


def has_parts(value: ir.Value) -> bool:
    """Whether there may be values inside a value: `parts` of many gives but them."""
    return type(value) in INSIDE


def _in_composite(literal: ir.Composite) -> Iterator[ir.Value]:
    for key, entry in literal.entries:
        yield entry
        if isinstance(key, ir.Value):
            yield key


# What is directly inside values, by their kind.
INSIDE: dict[type[ir.Value], Callable[[Any], Iterable[ir.Value]]] = {
    ir.Field: lambda value: (value.base,),
    ir.MethodRef: lambda value: (value.base,),
    ir.Element: lambda value: (value.base, value.key),
    ir.Unary: lambda value: (value.operand,),
    ir.Conversion: lambda value: (value.operand,),
    ir.Assertion: lambda value: (value.operand,),
    ir.Binary: lambda value: (value.left, value.right),
    ir.Composite: _in_composite,
    ir.Make: lambda value: value.arguments,
    ir.New: lambda value: (value.initial,) if value.initial is not None else (),
    ir.Opaque: lambda value: value.operands,
    ir.Found: lambda value: (value.subject,),
    ir.Item: lambda value: (value.subject,),
}


def operands(op: ir.Op) -> tuple[ir.Value, ...]:
    """The values that an op itself uses, those of its blocks and the targets that it assigns as well."""
    used = OPERANDS.get(type(op))
    return used(op) if used is not None else ()


def _in_switch(op: ir.Switch) -> tuple[ir.Value, ...]:
    subject = (op.subject,) if op.subject is not None else ()
    return (*subject, *(value for case in op.cases for value in case.values))


# The operands of ops, by their kind.
OPERANDS: dict[type[ir.Op], Callable[[Any], tuple[ir.Value, ...]]] = {
    ir.Access: lambda op: tuple([one for one in (op.map, op.key, op.value) if one is not None]),
    ir.Call: lambda op: (op.callee, *op.arguments),
    ir.Assign: lambda op: (op.target,) if op.value is None else (op.target, op.value),
    ir.Return: lambda op: op.values,
    ir.Send: lambda op: (op.channel, op.value),
    ir.Receive: lambda op: (op.channel,),
    ir.If: lambda op: (op.condition,),
    ir.Loop: lambda op: (op.condition,) if op.condition is not None else (),
    ir.Range: lambda op: tuple([one for one in (op.subject, op.key, op.value) if one is not None]),
    ir.Switch: _in_switch,
}


def without_not(condition: ir.Value) -> tuple[ir.Value, bool]:
    """A condition without `!`, and whether it is meant as it stands."""
    truth = True
    while isinstance(condition, ir.Unary) and condition.op == "!":
        condition, truth = condition.operand, not truth
    return condition, truth


def compared_with_nil(condition: ir.Value) -> tuple[ir.Value, bool] | None:
    """What a condition compares with nil, and whether it holds where that is nil (`x == nil`); None for other conditions."""
    if not isinstance(condition, ir.Binary) or condition.op not in ("==", "!="):
        return None
    left, right = condition.left, condition.right
    if isinstance(left, ir.Nil):
        left, right = right, left
    return (left, condition.op == "==") if isinstance(right, ir.Nil) else None


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
    return any(
        isinstance(part, ir.Local) and part.variable is variable
        for op in ir.walk_with_literals(function)
        for value in operands(op)
        for part in parts(value)
    )


def made_from(value: ir.Value) -> set[ir.Variable]:
    """The variables that a value is computed from: those in it, in its calls, and in what they were given once."""
    found: set[ir.Variable] = set()
    pending = [value]
    while pending:
        for part in parts(pending.pop()):
            if isinstance(part, ir.Result):
                pending.extend((part.call.callee, *part.call.arguments))
            elif isinstance(part, ir.Local) and part.variable not in found:
                found.add(part.variable)
                given = definitions(part.variable) if part.variable.kind == "local" else []
                pending.extend(one for one in given if one is not None and len(given) == 1)
    return found


def definitions(variable: ir.Variable) -> list[ir.Value | None]:
    """What a variable is given by the assignments of its function and the literals inside it, in source order.

    A declaration without a value and the steps of a range give None; the value of a parameter is not listed.
    """
    return _all_definitions(variable.function).get(variable, [])


@remembered(512)
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
