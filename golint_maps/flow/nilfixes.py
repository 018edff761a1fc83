"""Rewrites that make a map before it is written: at its declaration, or, for places, right before the write."""

from __future__ import annotations

import re

from golint_maps.finding import Fix
from golint_maps.flow import ir
from golint_maps.flow.nilfacts import Kind
from golint_maps.flow.nilplaces import NilPlace
from golint_maps.flow.nilrecords import NilWrite
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import parts
from golint_maps.flow.rewrites import Text
from golint_maps.types.model import Pointer


def of_place(place: NilPlace, package: PackageFlow) -> Fix | None:
    """The fix of a map that the package as a whole leaves nil.

    Safe for variables and inner maps that nothing ever makes; for a field, the constructor may be the better place.
    """
    write = place.writes[0]
    path = ir.strip(write.path)
    if isinstance(path, ir.Local):
        spans = [at for function, at, _ in place.origins if function.path == path.variable.function.path]
        return _local(path.variable, spans[0], package, safe=place.sure) if spans else None
    if isinstance(path, ir.Global):
        return _global(path, package)
    return _lazily(write.function, write.op, package, safe=place.sure and place.inner)


def of_write(found: NilWrite, package: PackageFlow) -> Fix | None:
    """The fix of a write to a map that is nil on a path through its function."""
    path = ir.strip(found.map)
    function, at = found.write
    if isinstance(path, ir.Local) and path.variable.kind == "local":
        sure = found.sure and found.fact is Kind.NIL and not found.origin.checked
        return _local(path.variable, found.origin.at, package, safe=sure and path.variable.assignments <= 1)
    if found.kind == "call" or isinstance(path, (ir.Local, ir.Global)):
        return None
    op = next((op for op in _accesses(function) if op.at == at and op.kind == "write"), None)
    inner = isinstance(path, ir.Element)
    return _lazily(function, op, package, safe=inner and found.sure) if op is not None else None


def _local(variable: ir.Variable, declared: ir.Span, package: PackageFlow, *, safe: bool) -> Fix | None:
    """`var m map[K]V` becomes `m := make(map[K]V)`."""
    text = Text(variable.function, package)
    spec = text.of(declared)
    start = declared[0] - len("var ")
    match = re.fullmatch(rf"{re.escape(variable.name)} ([^=\n]+)", spec)
    if match is None or text.of((start, declared[0])) != "var " or not text.is_builtin("make"):
        return None
    at = (start, declared[1])
    if text.has_comment(at) or not text.keeps_columns(at) or package.world.map_type(variable.type) is None:
        return None
    if any(op.kind == "check" and _is(op.map, variable) for op in _all_accesses(variable.function)):
        safe = False  # whether it is nil means something
    edit = text.edit(at, f"{variable.name} := make({match[1].strip()})")
    return Fix(f"Make {variable.name} where it is declared", (edit,), safe)


def _global(path: ir.Global, package: PackageFlow) -> Fix | None:
    """`var m map[K]V` of the package becomes `var m = make(map[K]V)`."""
    declared = package.types.variables.get(path.name)
    if declared is None or path.package != package.types.path or declared.path not in package.files:
        return None
    file = package.files[declared.path]
    start, _ = declared.at
    line = file.text[start : file.text.find(b"\n", start)].decode("utf-8", "replace")
    match = re.match(rf"{re.escape(path.name)} ([^=/\r;]*[^=/\r;\s])(?=\s*(?:\r|//|$))", line)
    if match is None or match[1].count("(") != match[1].count(")") or match[1].endswith(("{", "(")):
        return None
    function = ir.Function("", package.types.path, declared.path, ir.NOWHERE, ir.NOWHERE)
    text = Text(function, package)
    at = (start, start + len(match[0].encode()))
    if text.of((start - 4, start)) != "var " or not text.keeps_columns(at) or not text.is_builtin("make"):
        return None
    checked = any(
        op.kind == "check" and ir.strip(op.map) == path
        for function in package.all_functions()
        for op in _accesses(function)
    )
    edit = text.edit(at, f"{path.name} = make({match[1]})")
    safe = not checked and not path.name[:1].isupper()
    return Fix(f"Make {path.name} where it is declared", (edit,), safe)


def _lazily(function: ir.Function, op: ir.Access, package: PackageFlow, *, safe: bool) -> Fix | None:
    """`if m[a] == nil { m[a] = make(map[K]V) }` before the statement that writes to `m[a]`."""
    text = Text(function, package)
    place = op.map
    statement = text.statement(op.at)
    if op.via or not _is_place(place, package) or not text.is_builtin("make") or not text.is_builtin("nil"):
        return None
    type_ = text.spelled(place.type)
    written = text.of(place.at)
    # The write must be what its line begins with, so that nothing of the line comes before.
    if not type_ or not written or op.at[0] != statement[0] or not _is_statement(op, text, function):
        return None
    indent = text.indent(op.at[0])
    lines = f"if {written} == nil {{\n{indent}\t{written} = make({type_})\n{indent}}}\n{indent}"
    edit = text.edit((op.at[0], op.at[0]), lines)
    return Fix(f"Make {written} before the write, if it is nil", (edit,), safe)


def _is_statement(op: ir.Access, text: Text, function: ir.Function) -> bool:
    """Whether a write is a statement in a block: not the step of a loop, the head of an `if` or a case."""
    line = text.of(text.lines(op.at)).rstrip()
    if line.endswith(("{", ":", ",", "(")) or ";" in line:
        return False
    # A call in the statement may make the map itself, or need it to be nil.
    first, last = text.lines(op.at)
    ops = ir.walk(function.body) if function.body is not None else ()
    return not any(isinstance(one, ir.Call) and first <= one.at[0] < last for one in ops)


def _is_place(place: ir.Value, package: PackageFlow) -> bool:
    """Whether a place can be assigned so that it is the same for those who read it later, and asked without effect."""
    if isinstance(place, ir.Element):
        if package.world.map_type(place.base.type) is None:
            return False
        simple = (ir.Local, ir.Global, ir.Constant, ir.Field)
        return all(isinstance(part, simple) for part in (*parts(place.base), *parts(place.key)))
    while isinstance(place, ir.Field):
        base = place.base
        if isinstance(base, ir.Local):
            own = base.variable.kind == "local"
            return own or isinstance(package.world.underlying(base.variable.type), Pointer)
        place = base
    return isinstance(place, ir.Global)


def _is(value: ir.Value, variable: ir.Variable) -> bool:
    bare = ir.strip(value)
    return isinstance(bare, ir.Local) and bare.variable is variable


def _accesses(function: ir.Function) -> list[ir.Access]:
    return [op for op in ir.walk(function.body) if isinstance(op, ir.Access)] if function.body is not None else []


def _all_accesses(function: ir.Function) -> list[ir.Access]:
    return [*_accesses(function), *(op for inner in function.closures for op in _all_accesses(inner))]
