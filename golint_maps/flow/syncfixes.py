"""Rewrites of two calls on a `sync.Map` into the one that does both: `LoadAndDelete`, `LoadOrStore`."""

from __future__ import annotations

from golint_maps.finding import Fix
from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import operands, parts
from golint_maps.flow.rewrites import Text, has_no_effect
from golint_maps.flow.syncmaps import SyncCall
from golint_maps.types.model import EMPTY_INTERFACE, UNKNOWN

_LOAD_AND_DELETE_SINCE = (1, 15)


def load_and_delete(lookup: SyncCall, call: SyncCall, package: PackageFlow) -> Fix | None:
    """`v, ok := m.Load(k)` … `m.Delete(k)` where the latter comes next if `ok`: the same to whoever is alone."""
    function = lookup.function
    text = Text(function, package)
    if lookup.through or call.through or call.function is not function or function.body is None:
        return None
    if function.go_version < _LOAD_AND_DELETE_SINCE or call.op.mode != "call":
        return None
    asked, deleted = text.of(lookup.op.at), text.of(call.op.at)
    if deleted.replace(".Delete(", ".Load(") != asked or asked.count(".Load(") != 1:
        return None
    if not text.stands_alone(call.op.at) or not _comes_next(lookup.op, call.op, function):
        return None
    at = lookup.op.at[0] + asked.encode().index(b".Load(")
    edits = (text.edit((at, at + len(".Load(")), ".LoadAndDelete("), text.removal(call.op.at))
    if not text.keeps_columns((at, lookup.op.at[1])):
        return None
    return Fix("Load and delete in one call: LoadAndDelete", edits, safe=True)


def _comes_next(lookup: ir.Call, deleted: ir.Call, function: ir.Function) -> bool:
    """Whether a delete is what happens next after a lookup if, and only if, that has found something."""
    for block in _blocks(function):
        if lookup not in block.ops:
            continue
        rest = block.ops[block.ops.index(lookup) + 1 :]
        while rest and isinstance(rest[0], ir.Assign) and _is_result(rest[0].value, lookup):
            rest = rest[1:]
        if not rest or not isinstance(rest[0], ir.If):
            return False
        branch = rest[0]
        if _is_ok(branch.condition, lookup, function):
            inside = branch.then.ops
            return len(inside) > 1 and inside[0] is deleted
        negated = isinstance(branch.condition, ir.Unary) and branch.condition.op == "!"
        if negated and isinstance(branch.condition, ir.Unary) and _is_ok(branch.condition.operand, lookup, function):
            leaves = bool(branch.then.ops) and isinstance(branch.then.ops[-1], (ir.Return, ir.Jump))
            return leaves and not branch.orelse.ops and len(rest) > 1 and rest[1] is deleted
    return False


def _blocks(function: ir.Function) -> list[ir.Block]:
    found = [function.body] if function.body is not None else []
    for block in found:
        for op in block.ops:
            found.extend(ir.blocks_of(op) if not isinstance(op, ir.Block) else (op,))
    return found


def _is_result(value: ir.Value | None, call: ir.Call) -> bool:
    return isinstance(value, ir.Result) and value.call is call


def _is_ok(value: ir.Value, lookup: ir.Call, function: ir.Function) -> bool:
    """Whether a condition is the second result of the lookup."""
    if not isinstance(value, ir.Local):
        return False
    given = [
        op.value
        for op in (ir.walk(function.body) if function.body is not None else ())
        if isinstance(op, ir.Assign) and op.target == value
    ]
    return len(given) == 1 and isinstance(given[0], ir.Result) and given[0].call is lookup and given[0].index == 1


def load_or_store(call: SyncCall, package: PackageFlow, *, safe: bool) -> Fix | None:
    """The statement `m.Store(k, v)`, or `m.LoadOrStore(k, v)` without its results, becomes one that goes on with what
    the map holds.

    Only if `v` is a variable which the statement may assign, or an expression without effects that nobody names.
    """
    function = call.function
    text = Text(function, package)
    written = text.of(call.op.at)
    method = f".{call.method}("
    if call.through or call.op.mode != "call" or written.count(method) != 1 or len(call.op.arguments) != 2:
        return None
    if not text.stands_alone(call.op.at) or call.value is None:
        return None
    new = written.replace(method, ".LoadOrStore(")
    value = call.op.arguments[1]
    if not isinstance(value, ir.Local):
        if call.method != "Store" or not has_no_effect(ir.strip(value)):
            return None
        return Fix("Store only if nobody else has: LoadOrStore", (text.edit(call.op.at, new),), safe)
    variable = value.variable
    if variable.captured or variable.function is not function or variable.type == UNKNOWN:
        return None
    name = variable.name
    under = package.world.underlying(variable.type)
    indent = text.indent(call.op.at[0])
    if under in EMPTY_INTERFACE:
        lines = f"{name}, _ = {new}"
    else:
        spelled = text.spelled(variable.type)
        if not spelled or not text.is_free("actual") or not text.is_free("loaded"):
            return None
        lines = f"if actual, loaded := {new}; loaded {{\n{indent}\t{name} = actual.({spelled})\n{indent}}}"
    if not _is_used_after(variable, call.op, function):
        return None
    return Fix("Go on with what the map holds: LoadOrStore", (text.edit(call.op.at, lines),), safe)


def _is_used_after(variable: ir.Variable, call: ir.Call, function: ir.Function) -> bool:
    return any(
        isinstance(part, ir.Local) and part.variable is variable
        for op in (ir.walk(function.body) if function.body is not None else ())
        if op.at[0] > call.at[1]
        for value in operands(op)
        for part in parts(value)
    )
