"""Results that depend on the order in which a range visits the entries of a map."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import parts
from golint_maps.flow.ranging import MapLoop
from golint_maps.record import record
from golint_maps.types.model import Basic, Type
from golint_maps.types.world import World

APPEND, FIRST, TEXT, FLOAT, OUTPUT, LAST = "append", "first", "text", "float", "output", "last"

_WRITERS = frozenset({"Write", "WriteString", "WriteByte", "WriteRune", "Encode", "Print", "Printf", "Println"})
_PRINTERS = frozenset({"Print", "Printf", "Println", "Fprint", "Fprintf", "Fprintln"})
_SORTING = ("sort", "Sort")


@record(frozen=True, slots=True)
class Dependence:
    """Something in the loop's body whose outcome depends on the order: `kind`, where, and what collects it."""

    kind: str
    at: ir.Span
    text: str


def dependences(loop: MapLoop, package: PackageFlow) -> Iterator[Dependence]:
    """What depends on the order of a loop over a map, in source order."""
    entry = _entry_variables(loop)
    if not entry:
        return
    for op, conditions in _with_conditions(loop.loop.body, ()):
        found: Dependence | None = None
        if isinstance(op, ir.Return):
            found = _first(op, conditions, loop, entry, package.world)
        elif isinstance(op, ir.Assign):
            found = _collected(op, conditions, loop, entry, package.world)
        elif isinstance(op, ir.Access) and op.kind == "write" and not op.via:
            found = _overwritten(op, loop, entry)
        elif isinstance(op, ir.Call) and op.mode == "call":
            found = _output(op, loop.loop.at, entry)
        if found is not None and (op in loop.going or found.kind == FIRST):
            yield found


def _entry_variables(loop: MapLoop) -> set[ir.Variable]:
    """The loop's variables, and those of the body that are made from them."""
    found = {one.variable for one in (loop.loop.key, loop.loop.value) if isinstance(one, ir.Local)}
    begin, end = loop.loop.body.at
    for op in ir.walk(loop.loop.body):
        if isinstance(op, ir.Assign) and isinstance(op.target, ir.Local) and op.value is not None:
            variable = op.target.variable
            if begin <= variable.at[0] < end and _mentions_any(op.value, found):
                found.add(variable)
        elif isinstance(op, ir.Range) and _mentions_any(op.subject, found):
            found.update(one.variable for one in (op.key, op.value) if isinstance(one, ir.Local))
    return found


def _mentions_any(value: ir.Value, variables: set[ir.Variable]) -> bool:
    for part in parts(value):
        if isinstance(part, ir.Local) and part.variable in variables:
            return True
        if isinstance(part, ir.Result):
            inputs = (*part.call.arguments, part.call.callee)
            if any(_mentions_any(one, variables) for one in inputs if one is not value):
                return True
    return False


def _with_conditions(block: ir.Block, above: tuple[ir.Value, ...]) -> Iterator[tuple[ir.Op, tuple[ir.Value, ...]]]:
    """The ops of a block and of those inside, each with the conditions that it stands under."""
    for op in block.ops:
        yield op, above
        if isinstance(op, ir.If):
            yield from _with_conditions(op.then, (*above, op.condition))
            yield from _with_conditions(op.orelse, (*above, op.condition))
            leaving = bool(op.then.ops) and isinstance(op.then.ops[-1], (ir.Jump, ir.Return))
            if leaving:  # what follows stands under the opposite
                above = (*above, op.condition)
        elif isinstance(op, ir.Switch):
            for case in op.cases:
                subject = (op.subject,) if op.subject is not None else ()
                yield from _with_conditions(case.body, (*above, *subject, *case.values))
        else:
            for inner in ir.blocks_of(op):
                yield from _with_conditions(inner, above)


def _outside(value: ir.Value, span: ir.Span) -> bool:
    """Whether a value starts in something declared before the loop."""
    start = ir.root(value)
    if isinstance(start, ir.Local):
        return not span[0] <= start.variable.at[0] < span[1]
    return isinstance(start, ir.Global)


def _first(
    op: ir.Return, conditions: tuple[ir.Value, ...], loop: MapLoop, entry: set[ir.Variable], world: World
) -> Dependence | None:
    """`return v` on the first match: random where several entries match."""
    if _by_key(conditions, loop) or not conditions:
        return None
    if any(_is_error(value.type) and not isinstance(value, ir.Nil) for value in op.values):
        return None  # which of several errors is told is rarely meant to be stable
    for value in op.values:
        if _mentions_any(value, entry) and not _is_bool(value.type, world):
            return Dependence(FIRST, op.at, ir.text_of(value))
    return None


def _by_key(conditions: tuple[ir.Value, ...], loop: MapLoop) -> bool:
    """Whether at most one entry can meet the conditions: one of them compares the key."""
    if not isinstance(loop.key, ir.Local):
        return False
    key = ir.Local(loop.key.variable)
    for condition in conditions:
        for part in parts(condition):
            if part == key and condition == key:
                return True  # `switch k { case "name": … }`
            if isinstance(part, ir.Binary) and key in (ir.strip(part.left), ir.strip(part.right)):
                return True
    return False


def _is_error(type_: Type) -> bool:
    return type_ == Basic("error")


def _is_bool(type_: Type, world: World) -> bool:
    under = world.underlying(type_)
    return isinstance(under, Basic) and under.name in ("bool", "untyped bool")


def _collected(
    op: ir.Assign, conditions: tuple[ir.Value, ...], loop: MapLoop, entry: set[ir.Variable], world: World
) -> Dependence | None:
    """`list = append(list, k)`, `text += k`, `sum += v` of floats, or the last of several."""
    target, value = op.target, op.value
    if value is None or op.define or not _outside(target, loop.loop.at) or not _mentions_any(value, entry):
        return None
    if _mentions_any(target, entry):
        return None  # a place of the entry's own
    text = ir.text_of(target)
    if isinstance(value, ir.Opaque) and value.text.startswith("append("):
        if value.operands and value.operands[0] == target and not _sorted_later(target, loop):
            return Dependence(APPEND, op.at, text)
        return None
    under = world.underlying(target.type)
    name = under.name if isinstance(under, Basic) else ""
    if isinstance(value, ir.Binary) and value.op == "+" and target in (value.left, value.right):
        if name == "string":
            return Dependence(TEXT, op.at, text)
        if name.startswith(("float", "complex")):
            return Dependence(FLOAT, op.at, text)
        return None
    if any(target in parts(condition) for condition in conditions) or _by_key(conditions, loop):
        return None  # min, max, first only, or a single match
    if isinstance(target, ir.Element):  # `keys[i] = k`
        return None if _sorted_later(target.base, loop) else Dependence(APPEND, op.at, ir.text_of(target.base))
    if _assigned_again(op, target, loop):
        return None
    if any(part == target for part in parts(value)) or _is_bool(target.type, world) or _is_error(target.type):
        return None
    return Dependence(LAST, op.at, text)


def _assigned_again(op: ir.Assign, target: ir.Value, loop: MapLoop) -> bool:
    """Whether the same iteration assigns the target again: what was put there was for the time being."""
    later = (one for one in ir.walk(loop.loop.body) if isinstance(one, ir.Assign) and one.at > op.at)
    return any(one.target == target for one in later)


def _sorted_later(target: ir.Value, loop: MapLoop) -> bool:
    """Whether what was collected is sorted behind the loop, or at once by an insertion that keeps the order."""
    body = loop.function.body
    for op in ir.walk(body) if body is not None else ():
        if isinstance(op, ir.Call) and op.at[0] > loop.loop.at[0]:
            callee = op.callee
            name = ir.text_of(callee)
            package = callee.package if isinstance(callee, ir.FunctionRef) else ""
            if package == "sort" or any(word in name for word in _SORTING):
                inputs = (*op.arguments, callee)
                if any(part == target for one in inputs for part in _deep(one)):
                    return True
    return False


def _deep(value: ir.Value) -> Iterator[ir.Value]:
    """The parts of a value and of what calls inside it were given: `sort.Sort(byName(list))`."""
    for part in parts(value):
        yield part
        if isinstance(part, ir.Result) and part is not value:
            for one in part.call.arguments:
                yield from parts(one)


def _overwritten(op: ir.Access, loop: MapLoop, entry: set[ir.Variable]) -> Dependence | None:
    """`other[normalise(k)] = v`: the last of several entries wins."""
    if op.key is None or op.value is None or op.compound or not _outside(op.map, loop.loop.at):
        return None
    key = ir.strip(op.key)
    if not isinstance(key, ir.Result) or not _mentions_any(key, entry) or not _mentions_any(op.value, entry):
        return None
    return Dependence(LAST, op.at, f"{ir.text_of(op.map)}[{ir.text_of(key)}]")


def _output(op: ir.Call, span: ir.Span, entry: set[ir.Variable]) -> Dependence | None:
    """Writes to a file, builder, hash or encoder that was there before the loop."""
    callee = op.callee
    if not any(_mentions_any(one, entry) for one in op.arguments):
        return None
    if isinstance(callee, ir.FunctionRef) and callee.package == "fmt" and callee.name in _PRINTERS:
        into = op.arguments[0] if callee.name.startswith("F") else None
        if into is None or _outside(into, span):
            return Dependence(OUTPUT, op.at, ir.text_of(into) if into is not None else "standard output")
    if isinstance(callee, (ir.MethodRef, ir.Field)) and callee.name in _WRITERS and _outside(callee.base, span):
        return Dependence(OUTPUT, op.at, ir.text_of(callee.base))
    return None
