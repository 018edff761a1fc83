"""Loops that only delete: what would say it better, and the rewrite where it is sure to mean the same."""

from __future__ import annotations

from golint_maps.finding import Fix
from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.ranging import MapLoop, Mutation
from golint_maps.flow.rewrites import Text, is_plain
from golint_maps.record import record
from golint_maps.types.model import Array, Basic, Chan, Pointer, Struct, Type
from golint_maps.types.world import World

_CLEAR_SINCE = (1, 21)


@record(frozen=True, slots=True)
class Advice:
    """How to say better what a loop does: the end of a message, a hint, and perhaps the rewrite."""

    message: str
    hint: str
    fix: Fix | None = None


def advice(loop: MapLoop, mutation: Mutation, package: PackageFlow) -> Advice | None:
    """What to say of a loop that only deletes its current key, always or on a condition; None for other loops."""
    if mutation.through or mutation.via or loop.loop.over != "map" or loop.function.go_version < _CLEAR_SINCE:
        return None
    if loop.function.package == "maps":
        return None  # the very function that would be called instead
    ops = loop.loop.body.ops
    if ops == [mutation.op]:
        return _clear(loop, package)
    if ops and isinstance(ops[-1], ir.If) and ops[-1].then.ops == [mutation.op] and not ops[-1].orelse.ops:
        condition = ops[-1]
        start, end = condition.at
        test = condition.condition
        if isinstance(test, ir.Binary) and test.op == "==" and loop.key in (test.left, test.right):
            return None  # one `delete` without a loop would do
        if all(start <= op.at[0] < end and _is_test(op) for op in ops[:-1]):
            return _delete_func(loop, condition, package)
    return None


def _is_test(op: ir.Op) -> bool:
    """Whether an op may be part of a condition, or of the statement before it (`if v, ok := …; ok`)."""
    return isinstance(op, (ir.Access, ir.Call)) or (isinstance(op, ir.Assign) and op.define)


def _clear(loop: MapLoop, package: PackageFlow) -> Advice:
    name = ir.text_of(loop.written)
    odd = has_unequal_keys(loop, package.world)
    message = f"the loop only empties the map, which `clear({name})` says better"
    if odd:
        message += ", and removes NaN keys as well, which `delete` can't"
    text = Text(loop.function, package)
    fix = None
    assigns = loop.loop.key is not None and not loop.loop.define
    if _can_go(loop, text) and text.is_builtin("clear") and not assigns:
        call = f"clear({text.of(loop.written.at)})"
        fix = Fix(f"Replace the loop by {call}", (text.edit(loop.loop.at, call),), safe=not odd)
    return Advice(message, f"`clear({name})`", fix)


def _delete_func(loop: MapLoop, condition: ir.If, package: PackageFlow) -> Advice:
    name = ir.text_of(loop.written)
    message = "the loop only filters the map, which `maps.DeleteFunc` says better"
    hint = f"`maps.DeleteFunc({name}, func(…) bool {{ return … }})`"
    return Advice(message, hint, _delete_func_fix(loop, condition, Text(loop.function, package)))


def _delete_func_fix(loop: MapLoop, condition: ir.If, text: Text) -> Fix | None:
    """The same loop is what `maps.DeleteFunc` does, so that nothing changes but who writes it."""
    types = text.package.world.map_type(loop.written.type)
    test = condition.condition.at
    if types is None or not _can_go(loop, text) or not loop.loop.define or test == ir.NOWHERE:
        return None
    key, value = text.spelled(types.key), text.spelled(types.value)
    start, end = text.of((condition.at[0], test[0])).strip(), text.of((test[1], condition.then.at[0])).strip()
    one_line = b"\n" not in text.bytes[condition.at[0] : condition.then.at[0]]
    known = text.imported("maps")
    if not key or not value or end or not one_line or known is None or not start.startswith("if"):
        return None
    package, edits = known
    indent = text.indent(loop.loop.at[0])
    names = [one.variable.name if isinstance(one, ir.Local) else "_" for one in (loop.key, loop.value)]
    parameters = f"{names[0]}, {names[1]} {key}" if key == value else f"{names[0]} {key}, {names[1]} {value}"
    lines = [f"{package}.DeleteFunc({text.of(loop.written.at)}, func({parameters}) bool {{"]
    if before := start.removeprefix("if").strip():
        lines.append(f"{indent}\t{before.removesuffix(';').rstrip()}")
    lines += [f"{indent}\treturn {text.of(test)}", f"{indent}}})"]
    replaced = text.edit(loop.loop.at, "\n".join(lines))
    # What the condition calls might set the variable that holds the map to another one.
    calls = any(isinstance(op, ir.Call) for op in loop.loop.body.ops)
    own = isinstance(loop.written, ir.Local) and not loop.written.variable.captured
    return Fix("Replace the loop by maps.DeleteFunc", (*edits, replaced), safe=own or not calls)


def _can_go(loop: MapLoop, text: Text) -> bool:
    """Whether the loop's text can be replaced without losing or moving a comment, a label or an effect."""
    at = loop.loop.at
    return is_plain(loop.written) and not loop.loop.label and not text.has_comment(at) and text.stands_alone(at)


def has_unequal_keys(loop: MapLoop, world: World) -> bool:
    """Whether the map may have keys that are not equal to themselves (NaN): floats, or what may contain one."""
    types = world.map_type(loop.written.type)
    return types is None or _may_be_nan(types.key, world, 0)


def _may_be_nan(type_: Type, world: World, depth: int) -> bool:
    under = world.underlying(type_)
    if isinstance(under, Basic):
        return under.name.startswith(("float", "complex", "any", "error", "comparable"))
    if isinstance(under, Struct):
        return depth > 8 or any(_may_be_nan(one.type, world, depth + 1) for one in under.fields)
    if isinstance(under, Array):
        return _may_be_nan(under.element, world, depth + 1)
    return not isinstance(under, (Pointer, Chan))
