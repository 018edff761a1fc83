"""Which places code assigns, itself or through an address: read off the ops, whatever the state."""

from __future__ import annotations

from golint_maps.flow import ir
from golint_maps.flow.nilstate import strip
from golint_maps.flow.parts import operands, parts
from golint_maps.flow.places import place_key


def assigned_keys(op: ir.Op) -> set[str]:
    """The place keys of fields, package variables and captured variables that an op may assign, itself or by address."""
    found: set[str] = set()
    values: list[ir.Value] = []
    if isinstance(op, ir.Assign):
        target = strip(op.target)
        if isinstance(target, (ir.Field, ir.Global)):
            found.add(place_key(target) or "?")
            if isinstance(target, ir.Field) and not target.owner:
                found.add(f"?.{target.name}")
        if isinstance(op.target, ir.Unary):  # `*p = T{…}`
            found |= whole(op.target)
        if isinstance(target, ir.Field) and op.value is not None:
            found |= whole(target)
        if op.value is not None:
            values.append(op.value)
    elif isinstance(op, ir.Call):
        values.extend(op.arguments)
    elif isinstance(op, ir.Return):
        values.extend(op.values)
    elif isinstance(op, ir.Access | ir.Send) and op.value is not None:
        values.append(op.value)
    for value in values:
        for one in parts(value):
            if isinstance(one, ir.Unary) and one.op == "&":
                inner = strip(one.operand)
                if isinstance(inner, (ir.Field, ir.Global)):
                    found.add(place_key(inner) or "?")
                    if isinstance(inner, ir.Field) and not inner.owner:
                        found.add(f"?.{inner.name}")
    return found


def whole(target: ir.Value) -> set[str]:
    """The mark that stands for every field of the type of a struct that is assigned as a whole."""
    type_ = target.type
    name = getattr(type_, "qualified", "")
    return {f"{name}.*"} if name else set()


def collect_keys(function: ir.Function, keys: set[str]) -> None:
    """Add the place keys that a function and the literals inside it assign."""
    for op in ir.walk_with_literals(function):
        keys |= assigned_keys(op)


def captured(function: ir.Function) -> set[ir.Variable]:
    """The variables of enclosing functions that a function literal writes through or assigns."""
    found: set[ir.Variable] = set()
    if function.body is not None:
        for op in ir.walk(function.body):
            for value in operands(op):
                for one in parts(value):
                    if isinstance(one, ir.Local) and one.variable.function is not function:
                        found.add(one.variable)
    for inner in function.closures:
        found |= captured(inner)
    return found


def wild(function: ir.Function) -> tuple[frozenset[ir.Variable], frozenset[str]]:
    """The variables that function literals inside a function assign, and the keys of the fields that they assign."""
    variables: set[ir.Variable] = set()
    keys: set[str] = set()
    for one in ir.with_literals(function):
        if one is function or one.body is None:
            continue
        for op in ir.walk(one.body):
            keys |= assigned_keys(op)
            if isinstance(op, ir.Assign) and isinstance(op.target, ir.Local) and op.target.variable.function is not one:
                variables.add(op.target.variable)
    return frozenset(variables), frozenset(keys)
