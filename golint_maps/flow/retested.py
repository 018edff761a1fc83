"""Conditions that are asked again: the lock that was taken under one is held where it is true.

if id != "" { mu.Lock(); defer mu.Unlock() }
…
if id != "" { members[id] = x }
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from golint_maps.flow import ir
from golint_maps.flow.locks import Held, Under
from golint_maps.flow.parts import parts, without_not

_PLAIN = (ir.Local, ir.Constant, ir.Nil, ir.Unary, ir.Binary)


def taken_if(op: ir.If, then: dict[str, Held], orelse: dict[str, Held], function: ir.Function) -> Iterator[Under]:
    """The locks that only one way through an `if` has taken, with the condition that will tell so as long as it is settled."""
    condition, truth = positive(op.condition)
    if then.keys() == orelse.keys() or not _settled(condition, op.at[0], function):
        return
    for mine, other, told in ((then, orelse, truth), (orelse, then, not truth)):
        yield from (
            Under(condition, told, held, op.at[0]) for slot, held in mine.items() if slot not in other and not held.once
        )


def told_by(op: ir.If) -> Iterator[tuple[ir.Value, bool, bool]]:
    """What is known of conditions in the branches of an `if`: each with its truth, and whether that is the first branch."""
    condition, truth = positive(op.condition)
    yield condition, truth, True
    yield condition, not truth, False
    joined = {"&&": True, "||": False}.get(condition.op) if isinstance(condition, ir.Binary) else None
    pending = [condition] if joined is not None else []
    while pending:
        one = pending.pop()
        if isinstance(one, ir.Binary) and one.op == ("&&" if joined else "||"):
            pending += [one.left, one.right]
        else:
            inner, meant = positive(one)
            yield inner, meant == joined, truth == joined


def positive(condition: ir.Value) -> tuple[ir.Value, bool]:
    """A condition without `!` and `!=`, and whether it is meant as it stands."""
    condition, truth = without_not(condition)
    if isinstance(condition, ir.Binary) and condition.op == "!=":
        return replace(condition, op="=="), not truth
    return condition, truth


def _settled(condition: ir.Value, since: int, function: ir.Function) -> bool:
    """Whether a condition is one on local variables to which nothing is assigned any more."""
    inside = list(parts(condition))
    variables = {one.variable for one in inside if isinstance(one, ir.Local)}
    if not variables or not all(isinstance(one, _PLAIN) for one in inside):
        return False
    assigned = (
        ir.strip(op.target)
        for op in ir.walk_with_literals(ir.outermost(function))
        if isinstance(op, ir.Assign) and op.at[0] >= since
    )
    return not any(isinstance(one, ir.Local) and one.variable in variables for one in assigned)
