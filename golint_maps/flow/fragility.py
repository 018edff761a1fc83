"""Keys whose equality is not what it seems: times with a clock reading or a location, floats that may be NaN."""

from __future__ import annotations

from enum import IntEnum

from golint_maps.flow import ir
from golint_maps.flow.parts import definitions
from golint_maps.record import record
from golint_maps.types.model import Basic, Named, Struct, Type
from golint_maps.types.world import World

_TIME = Named("time", "Time")
_FLOATS = frozenset({"float32", "float64", "untyped float", "complex64", "complex128"})
_MAX_DEPTH = 4
# What gives NaN for some arguments.
_MATH = frozenset(
    [
        "NaN",
        "Log",
        "Log2",
        "Log10",
        "Log1p",
        "Sqrt",
        "Pow",
        "Mod",
        "Remainder",
        "Acos",
        "Asin",
        "Acosh",
        "Atanh",
        "Gamma",
        "Lgamma",
        "Sin",
        "Cos",
        "Tan",
        "Float64frombits",
    ]
)
_KEEPS_CLOCK = frozenset({"Add", "UTC", "Local", "In"})
_PARSED = frozenset({"Parse", "ParseInLocation"})


class Fragility(IntEnum):
    """How bad it is; the worst key speaks for its map."""

    INTEGER = 1
    NAN = 2
    TIME = 3


@record(frozen=True, slots=True)
class Fragile:
    """Why a key is fragile, and what to use instead."""

    kind: Fragility
    reason: str
    hint: str


def fragility(key: ir.Value, type_: Type, world: World) -> Fragile | None:
    """What is wrong with a key of a map whose key type is `type_`; None where nothing is known to be."""
    if world.unalias(type_) == _TIME:
        reason = _time(key, 0)
        return Fragile(Fragility.TIME, reason, "use `t.UnixNano()` or `t.UTC().Round(0)`") if reason else None
    under = world.underlying(type_)
    if isinstance(under, Struct):
        return _in_struct(key, under, world)
    if not (isinstance(under, Basic) and under.name in _FLOATS):
        return None
    reason = _nan(key, 0)
    if reason:
        return Fragile(Fragility.NAN, reason, "use an integer or string key; `clear` is what removes NaN keys")
    if _integer(key, world):
        return Fragile(Fragility.INTEGER, "it is an integer held in a float", "use an integer type for the key")
    return None


def _in_struct(key: ir.Value, struct: Struct, world: World) -> Fragile | None:
    """What is wrong with a struct as a key: with one of the fields that a literal of it gives."""
    literal = ir.strip(key)
    if isinstance(literal, ir.Local) and literal.variable.kind == "local" and not literal.variable.captured:
        given = definitions(literal.variable)
        only = given[0] if len(given) == 1 else None
        literal = ir.strip(only) if only is not None else literal
    if not isinstance(literal, ir.Composite):
        return None
    for position, (name, entry) in enumerate(literal.entries):
        for index, one in enumerate(struct.fields):
            if one.name == name or (name is None and index == position):
                found = fragility(entry, one.type, world)
                if found is not None and found.kind is not Fragility.INTEGER:
                    return Fragile(found.kind, f"in its field {one.name}, {found.reason}", found.hint)
    return None


def _time(value: ir.Value, depth: int) -> str:
    """Why a time is not canonical; "" where it is, or nobody knows."""
    if depth > _MAX_DEPTH:
        return ""
    if isinstance(value, ir.Result):
        callee = value.call.callee
        if isinstance(callee, ir.FunctionRef) and callee.package == "time":
            if callee.name == "Now":
                return "time.Now() carries the monotonic clock, which takes part in =="
            if callee.name == "Parse":
                return "time.Parse may give each time a location of its own, which takes part in =="
        if isinstance(callee, ir.MethodRef) and callee.owner == "time.Time" and callee.name in _KEEPS_CLOCK:
            reason = _time(callee.base, depth + 1)
            return "" if callee.name != "Add" and reason.startswith("time.Parse") else reason
    if isinstance(value, ir.Local) and value.variable.kind == "local" and not value.variable.captured:
        given = definitions(value.variable)
        reasons = [_time(one, depth + 1) if one is not None else "" for one in given]
        return reasons[0] if reasons and all(reasons) else ""
    return ""


def _nan(value: ir.Value, depth: int) -> str:
    """Why a float may be NaN."""
    if depth > _MAX_DEPTH:
        return ""
    if isinstance(value, ir.Conversion):
        return _nan(value.operand, depth + 1)
    if isinstance(value, ir.Binary):
        if value.op == "/" and _is_float(value.type) and not isinstance(value.right, ir.Constant):
            return "a quotient may be NaN, which is equal to nothing, not even to itself"
        if value.op in "+-*/":
            return _nan(value.left, depth + 1) or _nan(value.right, depth + 1)
    if isinstance(value, ir.Result) and isinstance(value.call.callee, ir.FunctionRef):
        callee = value.call.callee
        if (callee.package == "math" and callee.name in _MATH) or (callee.package, callee.name) == (
            "strconv",
            "ParseFloat",
        ):
            name = f"{callee.package}.{callee.name}"
            return f"{name} may give NaN, which is equal to nothing, not even to itself"
    if isinstance(value, ir.Local) and value.variable.kind == "local":
        for one in definitions(value.variable):
            reason = _nan(one, depth + 1) if one is not None else ""
            if reason:
                return reason
    return ""


def _is_float(type_: Type) -> bool:
    return isinstance(type_, Basic) and type_.name in _FLOATS


def _integer(value: ir.Value, world: World) -> bool:
    """Whether a key is a conversion of an integer to a float."""
    if not isinstance(value, ir.Conversion):
        return False
    under = world.underlying(value.operand.type)
    return isinstance(under, Basic) and under.name.lstrip("u").startswith("int") and under.name != "untyped int"
