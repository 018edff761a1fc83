"""What a variable is ever given."""

from __future__ import annotations

from golint_maps.flow import ir


def definitions(variable: ir.Variable) -> list[ir.Value | None]:
    """The values that a variable is given by assignments in its function and the literals inside; None for its zero."""
    found: list[ir.Value | None] = []
    pending = [variable.function]
    while pending:
        one = pending.pop()
        pending.extend(one.closures)
        if one.body is None:
            continue
        for op in ir.walk(one.body):
            if isinstance(op, ir.Assign) and isinstance(op.target, ir.Local) and op.target.variable is variable:
                found.append(op.value)
    return found
