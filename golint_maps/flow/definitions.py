"""What a variable is ever given."""

from __future__ import annotations

from golint_maps.flow import ir


def definitions(variable: ir.Variable) -> list[ir.Value | None]:
    """The values that a variable is given by assignments in its function and the literals inside; None for its zero."""
    return [
        op.value
        for op in ir.walk_with_literals(variable.function)
        if isinstance(op, ir.Assign) and isinstance(op.target, ir.Local) and op.target.variable is variable
    ]
