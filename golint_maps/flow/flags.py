"""Functions that let one in: they return at once if a flag is set, and set it before they start a goroutine."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.flow import ir
from golint_maps.flow.locks import lock_op
from golint_maps.flow.remembered import remembered
from golint_maps.types.model import Basic

_SWAPS = frozenset({"CompareAndSwap", "CAS", "Swap"})
_ASKS = frozenset({"Load", "IsZero", "Get"})


def started_once(function: ir.Function) -> Iterator[ir.Call]:
    """The `go` statements of a function behind a flag that was asked for, and set: whoever comes next returns.

    `if s.running { return }; s.running = true; go s.run()`, or `if !s.started.CompareAndSwap(false, true) { return }`.
    """
    for op, _ in _behind_the_flag(function):
        yield from (one for one in _ops(op) if isinstance(one, ir.Call) and one.mode == "go")


@remembered(4096)
def alone_from(function: ir.Function) -> int:
    """The byte from which on a function is run by one at a time, since it has asked for a flag and set it under a lock.

    Or with a swap. A number that is not in the text if there is none such.
    """
    return next((op.at[0] for op, surely in _behind_the_flag(function) if surely), NOWHERE)


NOWHERE = 1 << 62


def _behind_the_flag(function: ir.Function) -> Iterator[tuple[ir.Op, bool]]:
    """The ops of a function's body behind the flag, each with whether two can't come there at the same time."""
    asked: set[tuple[ir.Value, str]] = set()
    asked_here: set[tuple[ir.Value, str]] = set()  # in the critical section at hand
    alone = locked = surely = False
    for op in function.body.ops if function.body is not None else ():
        if isinstance(op, ir.Call) and op.mode != "go":
            operation = lock_op(op.callee)
            if operation is not None and not operation.tries and op.mode == "call":
                locked = operation.takes
                asked_here.clear()
        if isinstance(op, ir.If) and not op.orelse.ops and op.then.ops and isinstance(op.then.ops[-1], ir.Return):
            if _swaps(op.condition):
                alone = surely = True
            asked.update(_flags(op.condition, "true"))
            asked_here.update(_flags(op.condition, "true") if locked else ())
        elif isinstance(op, ir.Assign) and op.value is not None:
            flags = {(ir.strip(op.target), text) for text in _set_to(op.value)}
            alone, surely = alone or not flags.isdisjoint(asked), surely or not flags.isdisjoint(asked_here)
        elif isinstance(op, ir.Call) and isinstance(op.callee, ir.MethodRef) and op.callee.name in ("Store", "Set"):
            values = (text for one in op.arguments[:1] for text in _set_to(one))
            alone = alone or any((ir.strip(op.callee.base), text) in asked for text in values)
        if alone:
            yield op, surely


def _ops(op: ir.Op) -> Iterator[ir.Op]:
    """An op and those inside it, but for loops: what they start is started many times."""
    yield op
    if not isinstance(op, (ir.Loop, ir.Range)):
        for block in ir.blocks_of(op):
            for one in block.ops:
                yield from _ops(one)


def _swaps(condition: ir.Value) -> bool:
    """Whether a condition is that somebody else was the first to swap a flag."""
    if not (isinstance(condition, ir.Unary) and condition.op == "!"):
        return False
    value = ir.strip(condition.operand)
    callee = value.call.callee if isinstance(value, ir.Result) else None
    return isinstance(callee, (ir.MethodRef, ir.FunctionRef)) and callee.name.startswith(tuple(_SWAPS))


def _flags(condition: ir.Value, truth: str) -> Iterator[tuple[ir.Value, str]]:
    """What may be a flag in a condition, each with what it is when it keeps others out: "true", "false", or "" for anything."""
    value = ir.strip(condition)
    if isinstance(value, ir.Unary) and value.op == "!":
        yield from _flags(value.operand, "false" if truth == "true" else "true")
    elif isinstance(value, ir.Binary):
        for side in (value.left, value.right):
            yield from _flags(side, truth if value.op in ("&&", "||") else "")
    elif isinstance(value, ir.Result) and isinstance(value.call.callee, ir.MethodRef):
        if value.call.callee.name in _ASKS:
            yield ir.strip(value.call.callee.base), truth if value.call.callee.name != "IsZero" else ""
    elif isinstance(value, (ir.Field, ir.Global)):
        yield value, truth if value.type == Basic("bool") else ""


def _set_to(value: ir.Value) -> tuple[str, ...]:
    """What a flag may be once it has this value, in the terms of `_flags`."""
    bare = ir.strip(value)
    if isinstance(bare, ir.Nil):
        return ()
    return (bare.text,) if isinstance(bare, ir.Constant) and bare.text in ("true", "false") else ("",)
