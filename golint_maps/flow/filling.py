"""Maps that are filled once: whoever gets one afterwards sees it change no more."""

from __future__ import annotations

from golint_maps.flow import ir
from golint_maps.flow.accesses import Effective, Guard
from golint_maps.flow.locks import EXCLUSIVE
from golint_maps.flow.parts import compared_with_nil
from golint_maps.flow.places import place_key


def fills_once(writer: Effective, guard: Guard) -> bool:
    """Whether a write fills a map that was found empty, under the lock: who gets the map later sees it change no more."""
    fact = writer.fact
    function, at = (fact.function, fact.at) if fact.through is None else (fact.through.caller, fact.through.at)
    locked = any(one.key == guard.key and one.mode == EXCLUSIVE for one in fact.held)
    return locked and stands_where_empty(function, at, fact.key)


def stands_where_empty(function: ir.Function, at: ir.Span, key: str) -> bool:
    """Whether a function comes to `at` only where it has found the map with that place key nil, or without entries."""
    if function.body is None:
        return False
    looks = [op for op in ir.walk(function.body) if isinstance(op, ir.Access) and place_key(ir.strip(op.map)) == key]
    for op in ir.walk(function.body):
        if isinstance(op, ir.If):
            empty = _asks_whether_empty(op.condition, looks)
            left = bool(op.then.ops) and isinstance(op.then.ops[-1], ir.Return) and op.at[1] <= at[0]
            if (empty is False and left) or (empty and op.then.at[0] <= at[0] < op.then.at[1]):
                return True
    return False


def _asks_whether_empty(condition: ir.Value, looks: list[ir.Access]) -> bool | None:
    """Whether a condition is that a map is nil or has no entries, by the looks at it; False if it has some, None for others."""
    compared = compared_with_nil(condition)
    if compared is not None:
        return compared[1] if any(_stands_in(one, "check", compared[0]) for one in looks) else None
    if not isinstance(condition, ir.Binary) or getattr(ir.strip(condition.right), "text", "") != "0":
        return None
    if not any(_stands_in(one, "len", condition.left) for one in looks):
        return None
    return {"==": True, "!=": False, ">": False}.get(condition.op)


def _stands_in(look: ir.Access, kind: str, value: ir.Value) -> bool:
    return look.kind == kind and value.at[0] <= look.at[0] < value.at[1]
