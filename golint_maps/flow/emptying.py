"""Loops that only delete: what would say it better, and the rewrite where it is sure to mean the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

from golint_maps.finding import Edit, Fix, Location
from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import operands, parts
from golint_maps.flow.ranging import MapLoop, Mutation
from golint_maps.types.model import Array, Basic, Chan, Named, Pointer, Slice, Struct, Type
from golint_maps.types.world import World

_CLEAR_SINCE = (1, 21)
_COMMENT = re.compile(rb"//|/\*")


@dataclass(frozen=True, slots=True)
class Advice:
    """How to say better what a loop does: the end of a message, a hint, and perhaps the rewrite."""

    message: str
    hint: str
    fix: Fix | None = None


def advice(loop: MapLoop, mutation: Mutation, package: PackageFlow) -> Advice | None:
    """What to say of a loop that only deletes its current key, always or on a condition; None for other loops."""
    if mutation.through or mutation.via or loop.loop.over != "map" or loop.function.go_version < _CLEAR_SINCE:
        return None
    ops = loop.loop.body.ops
    if ops == [mutation.op]:
        return _clear(loop, package)
    if ops and isinstance(ops[-1], ir.If) and ops[-1].then.ops == [mutation.op] and not ops[-1].orelse.ops:
        condition = ops[-1]
        start, end = condition.at
        test = condition.condition
        if isinstance(test, ir.Binary) and test.op == "==" and loop.key in (test.left, test.right):
            return None  # one `delete` without a loop would do
        if all(start <= op.at[0] < end and isinstance(op, (ir.Access, ir.Call)) for op in ops[:-1]):
            return _delete_func(loop, condition, package)
    return None


def _clear(loop: MapLoop, package: PackageFlow) -> Advice:
    name = ir.text_of(loop.written)
    odd = has_unequal_keys(loop, package.world)
    message = f"the loop only empties the map, which `clear({name})` says better"
    if odd:
        message += ", and removes NaN keys as well, which `delete` can't"
    fix = None
    text = package.files[loop.function.path].text
    whole = text[slice(*loop.loop.at)]
    subject = text[slice(*loop.written.at)].decode("utf-8", "replace")
    if _is_plain(loop.written) and not _COMMENT.search(whole) and not loop.loop.label and not _shadowed(loop, package):
        assigns = loop.loop.key is not None and not loop.loop.define
        if not assigns:
            edit = Edit(Location(loop.function.path, *loop.loop.at), f"clear({subject})")
            fix = Fix(f"Replace the loop by clear({subject})", (edit,), safe=not odd)
    return Advice(message, f"`clear({name})`", fix)


def _delete_func(loop: MapLoop, condition: ir.If, package: PackageFlow) -> Advice:
    name = ir.text_of(loop.written)
    message = "the loop only filters the map, which `maps.DeleteFunc` says better"
    hint = f"`maps.DeleteFunc({name}, func(…) bool {{ return … }})`"
    file = package.files[loop.function.path]
    whole = file.text[slice(*loop.loop.at)]
    types = package.world.map_type(loop.written.type)
    plain = _is_plain(loop.written) and not _COMMENT.search(whole) and not loop.loop.label and loop.loop.define
    imported = "maps" in file.imports and re.search(rb'(?m)^\s*(import\s+)?"maps"', file.text)
    if not (types is not None and plain and imported and condition.condition.at != ir.NOWHERE):
        return Advice(message, hint)
    key, value = _spelled(types.key, package), _spelled(types.value, package)
    start, end = condition.condition.at
    before = file.text[condition.at[0] : start].strip()
    after = file.text[end : condition.then.at[0]].strip()
    if not key or not value or before != b"if" or after:
        return Advice(message, hint)
    subject = file.text[slice(*loop.written.at)].decode("utf-8", "replace")
    test = file.text[start:end].decode("utf-8", "replace")
    names = [one.variable.name if isinstance(one, ir.Local) else "_" for one in (loop.key, loop.value)]
    call = f"maps.DeleteFunc({subject}, func({names[0]} {key}, {names[1]} {value}) bool {{ return {test} }})"
    edit = Edit(Location(loop.function.path, *loop.loop.at), call)
    return Advice(message, hint, Fix("Replace the loop by maps.DeleteFunc", (edit,), safe=False))


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


def _is_plain(value: ir.Value) -> bool:
    """Whether evaluating it once or again makes no difference: variables and fields alone."""
    return all(
        isinstance(part, (ir.Local, ir.Global, ir.Field)) or (isinstance(part, ir.Unary) and part.op == "*")
        for part in parts(value)
    )


def _shadowed(loop: MapLoop, package: PackageFlow) -> bool:
    """Whether `clear` may mean something else here than the builtin function."""
    own = package.types
    if "clear" in own.functions or "clear" in own.variables or "clear" in own.types:
        return True
    function: ir.Function | None = loop.function
    while function is not None:
        if any(one.name == "clear" for one in (*function.params, *function.results)):
            return True
        for op in ir.walk(function.body) if function.body is not None else ():
            for value in operands(op):
                if isinstance(value, ir.Local) and value.variable.name == "clear":
                    return True
        function = function.parent
    return False


def _spelled(type_: Type, package: PackageFlow) -> str:
    """A type as it is written in the package; "" where that isn't certain."""
    if isinstance(type_, Basic):
        return type_.name
    if isinstance(type_, Named) and type_.package == package.types.path and not type_.arguments:
        return type_.name if type_.name.isidentifier() else ""
    if isinstance(type_, (Pointer, Slice)):
        inner = _spelled(type_.element, package)
        sign = "*" if isinstance(type_, Pointer) else "[]"
        return inner and sign + inner
    return ""
