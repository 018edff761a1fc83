"""Copies of values out of maps, and changes of them that nobody will ever see."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import operands, parts
from golint_maps.flow.setters import changed_inside, is_inside, renewed_from_itself
from golint_maps.record import record
from golint_maps.types.model import Named, Pointer, Struct
from golint_maps.types.world import World

_LOCKING = frozenset({"Lock", "RLock", "TryLock", "TryRLock"})
_ATOMIC = frozenset({"Add", "Store", "Swap", "CompareAndSwap", "And", "Or"})


@record(frozen=True, slots=True)
class LostUpdate:
    """A change at `at` of `variable`, which was copied from `element` at `copied_at` and perhaps stored back before.

    Where `copied_at` is `stored_at`, it was never copied out, but made here and stored.
    `method` is the lock or atomic in it that a call works on, as `mu.Lock`; otherwise "". `call` is a call that does
    nothing but set fields of the copy, as `peer.Reset()`; otherwise "".
    """

    variable: ir.Variable
    element: ir.Element
    at: ir.Span
    copied_at: ir.Span
    stored_at: ir.Span | None = None
    method: str = ""
    call: str = ""


def lost_updates(function: ir.Function, package: PackageFlow) -> Iterator[LostUpdate]:
    """The lost updates of a function, the first one of each variable, in source order."""
    world = package.world
    index_of = package.index(function)
    copied = any(_copied(op, world) for op in index_of.ops(ir.Assign))
    kept = any(_keeps(op, function, world) is not None for op in index_of.ops(ir.Access))
    if function.body is None or not (copied or kept):
        return
    yield from _late_changes(function, package) if kept else ()
    if not copied:
        return
    ops = list(ir.walk(function.body))
    copies: dict[ir.Variable, list[tuple[int, ir.Element | None]]] = {}
    for index, op in enumerate(ops):
        if isinstance(op, ir.Assign) and isinstance(op.target, ir.Local) and op.target.variable.function is function:
            variable = op.target.variable
            if variable.kind != "local" or variable.captured:
                continue
            if not renewed_from_itself(op, variable):
                copies.setdefault(variable, []).append((index, _copied(op, world)))
    for variable, given in copies.items():
        locked = _copied_lock(variable, given, ops)
        if locked is not None:
            yield locked
            continue
        if any(element is not None for _, element in given) and not _is_addressed(variable, function, package):
            yield from _of(variable, given, ops, package)


def _keeps(op: ir.Access, function: ir.Function, world: World) -> ir.Variable | None:
    """The local struct of which a write puts a copy into a map: `m[k] = v`."""
    value = op.value if op.kind == "write" and op.key is not None and not op.via and not op.compound else None
    if not isinstance(value, ir.Local) or not isinstance(world.underlying(value.variable.type), Struct):
        return None
    variable = value.variable
    own = variable.function is function and variable.kind == "local" and not variable.captured
    return variable if own else None


def _late_changes(function: ir.Function, package: PackageFlow) -> Iterator[LostUpdate]:
    """Changes of a struct that was made here and has been stored before: what the map has does not get them."""
    world, body = package.world, function.body
    ops = list(ir.walk(body)) if body is not None else []
    done: set[ir.Variable] = set()
    for start, op in enumerate(ops):
        variable = _keeps(op, function, world) if isinstance(op, ir.Access) else None
        if variable is None or variable in done or not isinstance(op, ir.Access) or op.key is None:
            continue
        given = [index for index, one in enumerate(ops) if isinstance(one, ir.Assign) and _gives(one, variable)]
        if any(index > start or _copied(ops[index], world) for index in given):  # type: ignore[arg-type]
            continue
        end = _end_of_block(body, op)
        for index in range(start + 1, len(ops)):
            late = ops[index]
            if late.at[0] >= end:
                break
            changed = changed_inside(late, variable, package)
            if not changed:
                continue
            born = max(given, default=0)
            if not _is_addressed(variable, function, package) and not _is_seen(variable, born, index, ops, package):
                done.add(variable)
                element = ir.Element(op.map, op.key, type=variable.type, at=op.at)
                call = changed if isinstance(late, ir.Call) else ""
                yield LostUpdate(variable, element, late.at, op.at, op.at, call=call)
            break


def _gives(op: ir.Assign, variable: ir.Variable) -> bool:
    return isinstance(op.target, ir.Local) and op.target.variable is variable


def _end_of_block(body: ir.Block | None, op: ir.Op) -> int:
    """Where the innermost block ends in which an op stands: what comes later may stand on another path."""
    end = 0
    pending = [body] if body is not None else []
    while pending:
        block = pending.pop()
        if any(one is op for one in block.ops):
            return block.at[1]
        pending.extend(inner for one in block.ops for inner in ir.blocks_of(one))
    return end


def _copied(op: ir.Assign, world: World) -> ir.Element | None:
    """The map entry that an assignment copies a value from."""
    value = op.value
    return value if isinstance(value, ir.Element) and world.map_type(value.base.type) is not None else None


def _copied_lock(
    variable: ir.Variable, given: list[tuple[int, ir.Element | None]], ops: list[ir.Op]
) -> LostUpdate | None:
    """A mutex that is copied out of a map, and then locked or handed on by its address."""
    type_ = variable.type
    if not (isinstance(type_, Named) and type_.package == "sync" and type_.name in ("Mutex", "RWMutex")):
        return None
    for index, op in enumerate(ops):
        copied = [(at, element) for at, element in given if at < index and element is not None]
        if not copied:
            continue
        for value in operands(op):
            for part in parts(value):
                inner = part.operand if isinstance(part, ir.Unary) and part.op == "&" else None
                if isinstance(part, ir.MethodRef) and part.name in _LOCKING:
                    inner = part.base
                if isinstance(inner, ir.Local) and inner.variable is variable:
                    start, element = copied[-1]
                    assert element is not None
                    method = f"{variable.name}.{part.name}" if isinstance(part, ir.MethodRef) else f"&{variable.name}"
                    return LostUpdate(variable, element, op.at, ops[start].at, None, method)
    return None


def _of(
    variable: ir.Variable, given: list[tuple[int, ir.Element | None]], ops: list[ir.Op], package: PackageFlow
) -> Iterator[LostUpdate]:
    for index, op in enumerate(ops):
        before = [(at, element) for at, element in given if at < index]
        if not before:
            continue
        start, element = before[-1]
        if element is None:
            earlier = _missing_one_stored(variable, before, op, ops)
            if earlier is None:
                continue
            start, element = earlier
        changed = changed_inside(op, variable, package)
        if changed or renewed_from_itself(op, variable):
            if not _is_seen(variable, start, index, ops, package):
                stored = _stored(variable, element, start, index, ops)
                call = changed if isinstance(op, ir.Call) else ""
                yield LostUpdate(variable, element, op.at, ops[start].at, stored, call=call)
                return
        elif isinstance(op, ir.Call) and isinstance(op.callee, ir.MethodRef):
            method = _changes_copy(op.callee, variable, package.world)
            if method and not _stored(variable, element, index, len(ops), ops):
                yield LostUpdate(variable, element, op.at, ops[start].at, None, method)
                return


def _missing_one_stored(
    variable: ir.Variable, before: list[tuple[int, ir.Element | None]], op: ir.Op, ops: list[ir.Op]
) -> tuple[int, ir.Element] | None:
    """Where a value was copied out, if what was given last is put in for an entry that is missing: `v, ok := m[k]`, then
    `if !ok { v = T{}; m[k] = v }`. Either way the variable holds a copy."""
    if len(before) < 2 or before[-2][1] is None:
        return None
    made, (start, element) = before[-1][0], before[-2]
    assert element is not None
    block = next((one for one in ops[start:made] if isinstance(one, ir.If) and _runs_in(one, ops[made])), None)
    if block is None or _runs_in(block, op):
        return None
    return (start, element) if _stored(variable, element, made, ops.index(op), ops) is not None else None


def _runs_in(block: ir.If, op: ir.Op) -> bool:
    return any(op is one for inner in ir.blocks_of(block) for one in ir.walk(inner))


def _changes_copy(callee: ir.MethodRef, variable: ir.Variable, world: World) -> str:
    """The lock or atomic in the variable that a method call works on, as `mu.Lock`."""
    base = callee.base
    if not is_inside(base, variable, world) or isinstance(base.type, Pointer) or not isinstance(base.type, Named):
        return ""
    is_lock = base.type.package == "sync" and callee.name in _LOCKING
    is_atomic = base.type.package == "sync/atomic" and callee.name in _ATOMIC
    return f"{ir.text_of(base)}.{callee.name}" if is_lock or is_atomic else ""


def _mentions(op: ir.Op, variable: ir.Variable) -> bool:
    return any(
        isinstance(part, ir.Local) and part.variable is variable for value in operands(op) for part in parts(value)
    )


def _is_seen(variable: ir.Variable, start: int, index: int, ops: list[ir.Op], package: PackageFlow) -> bool:
    """Whether anything uses the copy after the change: further on, or in the next round of a loop around it."""
    later = ops[index + 1 :]
    for op in ops[: index + 1]:
        if isinstance(op, (ir.Loop, ir.Range)) and _runs(op, ops[index]) and not _runs(op, ops[start]):
            later = [one for one in ops if op.at[0] <= one.at[0] < op.at[1]] + later
            break
    for op in later:
        if changed_inside(op, variable, package):
            continue
        if isinstance(op, ir.Jump) and op.kind == "goto":
            return True
        if _mentions(op, variable):
            if isinstance(op, ir.Assign) and isinstance(op.target, ir.Local) and op.target.variable is variable:
                if op.value is None or not any(
                    isinstance(part, ir.Local) and part.variable is variable for part in parts(op.value)
                ):
                    continue
            return True
    return False


def _runs(loop: ir.Loop | ir.Range, op: ir.Op) -> bool:
    """Whether a loop runs an op again and again: what stands in its `init` comes before it."""
    return any(op is one for block in ir.blocks_of(loop) for one in ir.walk(block))


def _stored(variable: ir.Variable, element: ir.Element, start: int, end: int, ops: list[ir.Op]) -> ir.Span | None:
    """Where the copy is stored back between two ops."""
    for op in ops[start:end]:
        if (
            isinstance(op, ir.Access)
            and op.kind == "write"
            and op.map == element.base
            and isinstance(op.value, ir.Local)
        ):
            if op.value.variable is variable:
                return op.at
    return None


def _is_addressed(variable: ir.Variable, function: ir.Function, package: PackageFlow) -> bool:
    """Whether somebody may hold a pointer into the variable (the address that a method call takes is not kept)."""
    index = package.index(function)
    for op, pointer in index.inside(ir.Unary):
        if pointer.op == "&" and is_inside(pointer.operand, variable, package.world):
            if not changed_inside(op, variable, package):
                return True
    # A slice of an array inside it.
    return any(part.text.endswith("]") and _mentions_any(part, variable) for _, part in index.inside(ir.Opaque))


def _mentions_any(value: ir.Value, variable: ir.Variable) -> bool:
    return any(isinstance(part, ir.Local) and part.variable is variable for part in parts(value))
