"""Values in a `sync.Map`: which have an identity of their own, and which variables depend on what was loaded."""

from __future__ import annotations

import re

from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import definitions, operands, parts
from golint_maps.flow.places import prefixes
from golint_maps.flow.syncmaps import SyncMaps
from golint_maps.types.model import Array, Basic, Chan, Map, Named, Pointer, Slice, Struct, Type, TypeParam
from golint_maps.types.world import World

EMPTY = "empty"  # a new object that has yet to be filled
STATEFUL = "stateful"  # a new object with locks, channels, counters or connections inside: no two are alike

_STATE_NAMES = ("Conn", "Client", "Limiter", "Pool", "Session", "Stream", "Mutex", "Once", "WaitGroup", "Cond", "Group")
_MAKERS = ("New", "new", "Make", "make", "Create", "create", "Dial", "dial", "Open", "open", "Connect", "connect")
_OF_WORKER = re.compile(r"(worker|goroutine|thread)(id|idx|index|no|num|number)?", re.IGNORECASE)
_LOGS = frozenset(["log", "fmt", "slog", "zap", "logrus", "klog", "glog", "logger", "testing", "zerolog"])
_LOG_METHODS = ("Debug", "Info", "Warn", "Error", "Print", "Log", "Trace", "Notice", "Fatal")


def identity(value: ir.Value, maps: SyncMaps) -> str:
    """Whether a value to be stored is a new object of which there should be only one: `EMPTY`, `STATEFUL`, or "" for
    values that are as good as any other of the same content (computed once and never changed)."""
    world = maps.package.world
    bare = _made(value, maps)
    type_ = bare.type
    if isinstance(bare, ir.Unary) and bare.op == "&":
        type_ = world.deref(bare.type)
        bare = bare.operand
    if isinstance(bare, ir.Local):  # `var c T; m.Store(k, &c)`
        return STATEFUL if bare is not value and stateful(bare.type, world) else ""
    if isinstance(bare, (ir.New, ir.Make)):
        return _of_new(bare, value, maps)
    if isinstance(bare, ir.Composite):
        under = world.underlying(type_)
        if isinstance(under, (Map, Slice, Array)):
            empty = isinstance(under, Map) and not bare.entries and not _written(value, maps)
            return EMPTY if empty else ""
        pointed = isinstance(ir.strip(value), ir.Local) or value is not bare
        if not pointed or not isinstance(world.underlying(_made(value, maps).type), Pointer):
            return ""
        if stateful(type_, world):
            return STATEFUL
        return "" if _computed(bare) or _written(value, maps) or _is_as_any(bare, type_, maps) else EMPTY
    if isinstance(bare, ir.Result) and isinstance(world.underlying(bare.type), Pointer):
        callee = bare.call.callee
        name = callee.name if isinstance(callee, (ir.FunctionRef, ir.MethodRef)) else ""
        if name.startswith(_MAKERS) and stateful(world.deref(bare.type), world):
            return STATEFUL
    return ""


def _made(value: ir.Value, maps: SyncMaps) -> ir.Value:
    """The expression that makes a value, through variables that are assigned once."""
    for _ in range(4):
        while isinstance(value, (ir.Conversion, ir.Assertion)):
            value = value.operand
        known = maps.definition(value.variable) if isinstance(value, ir.Local) else None
        if known is None:
            break
        value = known
    return value


def _of_new(bare: ir.New | ir.Make, value: ir.Value, maps: SyncMaps) -> str:
    world = maps.package.world
    under = world.underlying(bare.type)
    if isinstance(under, Chan):
        return STATEFUL
    if isinstance(bare, ir.New):
        if stateful(world.deref(bare.type), world):
            return STATEFUL
        return "" if _written(value, maps) or bare.initial is not None else EMPTY
    return EMPTY if isinstance(under, Map) and not _written(value, maps) else ""


def _computed(literal: ir.Composite) -> bool:
    """Whether a literal is filled with results of calls, as the entry of a cache is."""
    for part in parts(literal):
        if isinstance(part, ir.Result):
            callee = part.call.callee
            name = callee.name if isinstance(callee, (ir.FunctionRef, ir.MethodRef)) else ""
            if not name.startswith(_MAKERS) and name != "Now":
                return True
    return False


def _written(value: ir.Value, maps: SyncMaps) -> bool:
    """Whether something is put into a local object anywhere in its function."""
    bare = ir.strip(value)
    if not isinstance(bare, ir.Local) or bare.variable.function.body is None:
        return False
    for op in ir.walk(bare.variable.function.body):
        target = op.target if isinstance(op, ir.Assign) else op.map if isinstance(op, ir.Access) else None
        if target is None or (isinstance(op, ir.Access) and op.kind not in ("write", "delete")):
            continue
        if isinstance(op, ir.Assign) and isinstance(target, ir.Local):
            continue
        start = ir.root(target)
        if isinstance(start, ir.Local) and start.variable is bare.variable:
            return True
    return False


def _is_as_any(literal: ir.Composite, type_: Type, maps: SyncMaps) -> bool:
    """Whether a literal makes the same object each time, which nobody in the package that declares its type ever changes."""
    if not all(isinstance(ir.strip(entry), ir.Constant) for _, entry in literal.entries):
        return False
    named = maps.package.world.named(type_)
    own = named is not None and named.package == maps.package.types.path and not named.name[:1].isupper()
    return named is not None and own and named.qualified not in maps.package.shared(_changed_types)


def _changed_types(package: PackageFlow) -> frozenset[str]:
    """The types of which the package changes a field, or something inside of one, or takes the address of it.

    What a function fills that it has just made is not counted.
    """
    found: set[str] = set()
    for function in package.all_functions():
        index = package.index(function)
        changed = [op.target for op in index.ops(ir.Assign)]
        changed += [op.map for op in index.ops(ir.Access) if op.kind in ("write", "delete", "clear")]
        changed += [value.operand for _, value in index.inside(ir.Unary) if value.op == "&"]
        for target in changed:
            start = ir.root(target)
            given = (
                definitions(start.variable) if isinstance(start, ir.Local) and start.variable.kind == "local" else []
            )
            if given and all(one is not None and isinstance(_pointed(one), (ir.Composite, ir.New)) for one in given):
                continue
            found.update(part.owner for part in prefixes(ir.strip(target)) if isinstance(part, ir.Field))
    return frozenset(found)


def _pointed(value: ir.Value) -> ir.Value:
    """What `&` takes the address of; any other value itself."""
    return value.operand if isinstance(value, ir.Unary) and value.op == "&" else value


def stateful(type_: Type, world: World, depth: int = 0) -> bool:
    """Whether objects of a type have state that makes each of them one of its own: locks, atomics, channels, maps."""
    type_ = world.unalias(type_)
    if isinstance(type_, TypeParam) or depth > 3:
        return False
    if isinstance(type_, Named):
        if type_.package in ("sync", "sync/atomic"):
            return True
        if type_.name.endswith(_STATE_NAMES):
            return True
    under = world.underlying(type_)
    if isinstance(under, Chan):
        return True
    if isinstance(under, Struct):
        return any(
            isinstance(world.underlying(one.type), Chan) or stateful(one.type, world, depth + 1) for one in under.fields
        )
    return isinstance(under, Array) and stateful(under.element, world, depth + 1)


def is_reference(type_: Type, world: World) -> bool:
    """Whether copies of a value share what they refer to (pointers, maps, slices, channels, functions, interfaces)."""
    under = world.underlying(type_)
    if isinstance(under, (Struct, Array)):
        return False
    return not isinstance(under, Basic) or under.name in ("any", "error")


def is_marker(value: ir.Value, maps: SyncMaps) -> bool:
    """Whether a value only says that its key is there: `struct{}{}`, `true`."""
    bare = _made(value, maps)
    if isinstance(bare, ir.Constant):
        return bare.text in ("true", "false")
    if isinstance(bare, ir.Composite):
        under = maps.package.world.underlying(bare.type)
        return isinstance(under, Struct) and not under.fields
    return False


def is_of_worker(key: ir.Value) -> bool:
    """Whether a key is the number of a worker, by its name: each goroutine has one of its own."""
    bare = ir.strip(key)
    name = bare.variable.name if isinstance(bare, ir.Local) else bare.name if isinstance(bare, ir.Field) else ""
    return _OF_WORKER.fullmatch(name) is not None


def is_handed_out(key: ir.Value, function: ir.Function) -> bool:
    """Whether no two goroutines have the same key: it is what a channel has given (`for id := range work`), or the number
    of a worker, by its name."""
    bare = ir.strip(key)
    if is_of_worker(key):
        return True
    if not isinstance(bare, ir.Local) or function.body is None:
        return False
    for op in ir.walk(function.body):
        if isinstance(op, ir.Range) and op.over == "channel" and op.key == ir.Local(bare.variable):
            return True
        if isinstance(op, ir.Assign) and op.target == bare and isinstance(op.value, ir.Unary) and op.value.op == "<-":
            return True
    return False


def is_logging(op: ir.Call) -> bool:
    """Whether a call only writes a message."""
    callee = op.callee
    if isinstance(callee, ir.FunctionRef):
        return callee.package.rpartition("/")[2] in _LOGS or callee.name.startswith(_LOG_METHODS)
    return isinstance(callee, (ir.MethodRef, ir.Field)) and callee.name.startswith(_LOG_METHODS)


def used_results(function: ir.Function) -> set[ir.Call]:
    """The calls of a function whose results are used for something."""
    found: set[ir.Call] = set()
    for op in ir.walk(function.body) if function.body is not None else ():
        for value in operands(op):
            found.update(part.call for part in parts(value) if isinstance(part, ir.Result))
    return found
