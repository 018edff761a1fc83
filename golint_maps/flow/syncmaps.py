"""`sync.Map`: which calls of a package touch one, on which map, with which key and value.

A call counts if its method is that of `sync.Map` itself, reached in any way (field, embedded field, pointer, package
variable, alias), or that of a function or method which only forwards to one: typed wrappers, generic wrappers, helpers.
A type of the user's own with methods named `Load` and `Store` does not count unless they end in a `sync.Map`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import mentions, parts
from golint_maps.flow.places import place_key, rebase
from golint_maps.flow.presence import only_sync_map
from golint_maps.record import record
from golint_maps.types.model import UNKNOWN, Array, Basic, Func, Interface, Map, Named, Slice, Struct, Type, TypeParam
from golint_maps.types.world import World

SYNC_MAP = "sync.Map"

# Positions of what the methods of sync.Map take and return; -1 for nothing.
_KEY, _VALUE, _OLD, _RESULT, _OK = range(5)
_METHODS: dict[str, tuple[int, int, int, int, int]] = {
    "Load": (0, -1, -1, 0, 1),
    "Store": (0, 1, -1, -1, -1),
    "LoadOrStore": (0, 1, -1, 0, 1),
    "LoadAndDelete": (0, -1, -1, 0, 1),
    "Delete": (0, -1, -1, -1, -1),
    "Swap": (0, 1, -1, 0, 1),
    "CompareAndSwap": (0, 2, 1, -1, 0),
    "CompareAndDelete": (0, -1, 1, -1, 0),
    "Range": (-1, -1, -1, -1, -1),
    "Clear": (-1, -1, -1, -1, -1),
}
STORES = frozenset({"Store", "LoadOrStore", "Swap", "CompareAndSwap"})
REMOVES = frozenset({"Delete", "LoadAndDelete", "CompareAndDelete", "Clear"})
_MAX_HOPS = 12


@record(frozen=True, slots=True, eq=False)
class SyncCall:
    """One call on a `sync.Map`, directly or through a forwarding function.

    `map` is the access path of the map and `key` the key, both with local aliases resolved. `value` is what is stored,
    `old` what is compared, `callback` the function given to `Range`. `result` and `ok` are the numbers of the call's
    results that carry the value and the `ok` (`loaded`, `swapped`), None where there is none. `through` is the
    forwarding function's name, "" for a direct call.
    """

    op: ir.Call
    function: ir.Function
    method: str
    map: ir.Value
    key: ir.Value | None = None
    value: ir.Value | None = None
    old: ir.Value | None = None
    callback: ir.Value | None = None
    result: int | None = None
    ok: int | None = None
    through: str = ""

    @property
    def name(self) -> str:
        """The map as people write it: `s.peers`."""
        return ir.text_of(self.map)

    @property
    def loads(self) -> bool:
        """Whether it hands out what the map holds."""
        return self.method in ("Load", "LoadOrStore", "Swap", "LoadAndDelete")


@record(frozen=True, slots=True)
class _Forward:
    """A function that only hands on to a method of `sync.Map`; `map` is rooted in its receiver or a parameter.

    `key`, `value`, `old` and `callback` are numbers of parameters, None where it makes them itself.
    """

    method: str
    map: ir.Value
    key: int | None
    value: int | None
    old: int | None
    callback: int | None
    result: int | None
    ok: int | None


@record(slots=True)
class SyncMaps:
    """The calls on `sync.Map`s of a package, by function, and what local names stand for."""

    package: PackageFlow
    calls: list[SyncCall] = field(default_factory=list)
    by_op: dict[ir.Call, SyncCall] = field(default_factory=dict)
    by_function: dict[ir.Function, list[SyncCall]] = field(default_factory=dict)
    by_place: dict[str, list[SyncCall]] = field(default_factory=dict)
    # What `syncpaths.steps` gives for functions.
    steps: dict[ir.Function, list[Any]] = field(default_factory=dict)
    _definitions: dict[ir.Variable, list[ir.Value | None]] | None = None

    @property
    def definitions(self) -> Mapping[ir.Variable, Sequence[ir.Value | None]]:
        """What is assigned to each local variable."""
        if self._definitions is None:
            self._definitions = {}
            for function in self.package.all_functions():
                for assign in self.package.index(function).ops(ir.Assign):
                    if isinstance(assign.target, ir.Local):
                        self._definitions.setdefault(assign.target.variable, []).append(assign.value)
        return self._definitions

    def resolve(self, value: ir.Value, depth: int = 0) -> ir.Value:
        """The access path behind a value: `&`, `*` and conversions off, names of a single value followed."""
        bare = ir.strip(value)
        if depth > _MAX_HOPS:
            return bare
        if isinstance(bare, ir.Local):
            known = self.definition(bare.variable)
            return (
                bare if known is None or isinstance(known, (ir.Nil, ir.Constant)) else self._follow(bare, known, depth)
            )
        if isinstance(bare, ir.Field):
            base = self.resolve(bare.base, depth + 1)
            return bare if base is bare.base else ir.Field(base, bare.name, bare.owner, type=bare.type, at=bare.at)
        if isinstance(bare, ir.Element):
            base = self.resolve(bare.base, depth + 1)
            return (
                bare
                if base is bare.base
                else ir.Element(base, bare.key, type=bare.type, at=bare.at, of_map=bare.of_map)
            )
        return bare

    def _follow(self, local: ir.Local, known: ir.Value, depth: int) -> ir.Value:
        """A variable stands for another place only if it refers to it; a copied struct is a place of its own."""
        inner = self.resolve(known, depth + 1)
        if isinstance(inner, (ir.Composite, ir.Make, ir.New, ir.Closure, ir.Binary, ir.Opaque)):
            return local
        return inner

    def definition(self, variable: ir.Variable) -> ir.Value | None:
        """The value of a local variable that is assigned only once; None for others."""
        if variable.kind != "local" or variable.assignments != 1:
            return None
        known = self.definitions.get(variable, ())
        return known[0] if len(known) == 1 else None

    def origins(self, value: ir.Value, depth: int = 0) -> Iterator[ir.Value]:
        """What a value may have been: all that is assigned to the variable that it is."""
        bare = ir.strip(value)
        known = self.definitions.get(bare.variable, []) if isinstance(bare, ir.Local) else []
        if depth > _MAX_HOPS or not known:
            yield bare
        for one in known:
            if one is not None:
                yield from self.origins(one, depth + 4)

    def static_type(self, value: ir.Value) -> Type:
        """The concrete type of a value, looked up through variables of interface type that are assigned once."""
        world = self.package.world
        for _ in range(_MAX_HOPS):
            if not isinstance(value, ir.Local) or not isinstance(world.underlying(value.type), (Interface, Basic)):
                break
            if isinstance(value.type, Basic) and value.type.name not in ("any", "comparable", "error"):
                break
            known = self.definition(value.variable)
            if known is None:
                break
            value = known
        return value.type

    def at_place(self, call: SyncCall) -> list[SyncCall]:
        """All calls of the package on the place of a call's map (any instance), itself included."""
        key = place_key(call.map)
        return self.by_place.get(key, [call]) if key is not None else [call]


def sync_maps(package: PackageFlow) -> SyncMaps:
    """The `sync.Map` calls of a package; found once for all the rules that ask."""
    return package.shared(_find)


def sync_calls(function: ir.Function, package: PackageFlow) -> Sequence[SyncCall]:
    """The `sync.Map` calls of one function."""
    return package.entry(_by_function, function) or ()


def _by_function(package: PackageFlow) -> Mapping[ir.Function, list[SyncCall]]:
    return sync_maps(package).by_function


def _find(package: PackageFlow) -> SyncMaps:
    found = SyncMaps(package)
    indexes = [(function, package.index(function)) for function in package.all_functions()]
    if all(_METHODS.keys().isdisjoint(index.methods) for _, index in indexes):
        return found  # without a call of such a method, there is none behind a function that hands on either
    calls = [(call, function) for function, index in indexes for call in index.ops(ir.Call)]
    forwards: dict[ir.Function, _Forward | None] = {}
    for op, function in calls:
        call = _recognise(op, function, found, forwards)
        if call is not None:
            found.calls.append(call)
            found.by_op[op] = call
            found.by_function.setdefault(function, []).append(call)
            key = place_key(call.map)
            if key is not None:
                found.by_place.setdefault(key, []).append(call)
    return found


def _recognise(
    op: ir.Call, function: ir.Function, found: SyncMaps, forwards: dict[ir.Function, _Forward | None]
) -> SyncCall | None:
    callee = op.callee
    if not isinstance(callee, (ir.MethodRef, ir.FunctionRef)):
        return None
    if isinstance(callee, ir.MethodRef) and callee.owner == SYNC_MAP:
        return _direct(op, function, callee.name, found.resolve(callee.base), found)
    package = found.package
    if isinstance(callee, ir.MethodRef) and isinstance(package.world.underlying(callee.base.type), Interface):
        return None
    declared = package.program.declared(callee)
    if len(declared) == 1 and declared[0].body is not None:
        forward = _forward(declared[0], found, forwards)
        return _through(op, function, declared[0], forward, found) if forward is not None else None
    if isinstance(callee, ir.MethodRef) and not declared and callee.name in _METHODS:
        inner = _wrapped(callee, package.world)
        if inner is not None:
            return _direct(op, function, callee.name, found.resolve(inner), found, callee.name)
    return None


def _direct(
    op: ir.Call, function: ir.Function, method: str, map_: ir.Value, found: SyncMaps, through: str = ""
) -> SyncCall | None:
    positions = _METHODS.get(method)
    if positions is None:
        return None

    def argument(position: int) -> ir.Value | None:
        return op.arguments[position] if 0 <= position < len(op.arguments) else None

    def number(position: int) -> int | None:
        return position if position >= 0 else None

    return SyncCall(
        op,
        function,
        method,
        map_,
        argument(positions[_KEY]),
        argument(positions[_VALUE]),
        argument(positions[_OLD]),
        argument(0) if method == "Range" else None,
        number(positions[_RESULT]),
        number(positions[_OK]),
        through,
    )


def _wrapped(callee: ir.MethodRef, world: World) -> ir.Value | None:
    """The `sync.Map` inside a wrapper of another package: the only field of a struct whose method has such a name."""
    named = world.named(callee.base.type)
    struct = world.underlying(named) if named is not None else None
    if named is None or not isinstance(struct, Struct):
        return None
    inside = only_sync_map(struct, world)
    if inside is None:
        return None
    method = world.method(named, callee.name)
    wanted = _METHODS[callee.name]
    if method is None or len(method.declaration.signature.params) <= max(wanted[_KEY], wanted[_VALUE], wanted[_OLD]):
        return None
    if len(method.declaration.signature.results) <= max(wanted[_RESULT], wanted[_OK]):
        return None
    return ir.Field(callee.base, inside.name, named.qualified, type=inside.type, at=callee.base.at)


def _forward(function: ir.Function, found: SyncMaps, forwards: dict[ir.Function, _Forward | None]) -> _Forward | None:
    if function in forwards:
        return forwards[function]
    forwards[function] = None  # a function that calls itself forwards to nothing
    forwards[function] = _read_forward(function, found, forwards)
    return forwards[function]


def _read_forward(
    function: ir.Function, found: SyncMaps, forwards: dict[ir.Function, _Forward | None]
) -> _Forward | None:
    inner: SyncCall | None = None
    aside: list[ir.Call] = []
    assert function.body is not None
    for op in ir.walk(function.body):
        if isinstance(op, ir.Call):
            if op.mode != "call":
                return None
            call = _recognise(op, function, found, forwards)
            if call is None and isinstance(op.callee, ir.FunctionRef):
                aside.append(op)
            elif call is None or inner is not None:
                return None
            else:
                inner = call
        elif isinstance(op, ir.Assign):
            if not isinstance(op.target, ir.Local):
                return None
        elif not isinstance(op, (ir.Return, ir.If, ir.Block, ir.Switch, ir.Jump)):
            return None
    if inner is None:
        return None
    start = ir.root(inner.map)
    if not isinstance(start, ir.Local) or start.variable not in (function.receiver, *function.params):
        return None
    if any(_is_given(start.variable, call) for call in aside):
        return None

    def parameter(value: ir.Value | None) -> int | None:
        bare = found.resolve(value) if value is not None else None
        known = isinstance(bare, ir.Local) and bare.variable in function.params and bare.variable.assignments == 1
        return bare.variable.index if known and isinstance(bare, ir.Local) else None

    if inner.key is not None and parameter(inner.key) is None:
        return None
    callback = None
    if inner.method == "Range":
        callbacks = [one.index for one in function.params if isinstance(one.type, Func)]
        if len(callbacks) != 1:
            return None
        callback = callbacks[0]
    result, ok = _result_numbers(function, inner)
    if inner.ok is not None and inner.method not in ("Load", "Swap") and ok is None:
        return None
    return _Forward(
        inner.method,
        inner.map,
        parameter(inner.key),
        parameter(inner.value),
        parameter(inner.old),
        callback,
        result,
        ok,
    )


def _is_given(variable: ir.Variable, call: ir.Call) -> bool:
    """Whether a call gets what a variable holds: if not, it only logs, or ends the program."""
    return any(mentions(argument, variable) for argument in call.arguments)


def _result_numbers(function: ir.Function, inner: SyncCall) -> tuple[int | None, int | None]:
    types = [one.type for one in function.results]
    if not types:
        return None, None
    ok = len(types) - 1 if types[-1] == Basic("bool") else None
    if len(types) == 1:
        return (None, 0) if ok == 0 else (0 if inner.result is not None else None, None)
    return (0 if inner.result is not None else None), ok


def _through(
    op: ir.Call, function: ir.Function, callee: ir.Function, forward: _Forward, found: SyncMaps
) -> SyncCall | None:
    start = ir.root(forward.map)
    assert isinstance(start, ir.Local)
    if start.variable is callee.receiver:
        base = op.callee.base if isinstance(op.callee, ir.MethodRef) else None
    else:
        index = start.variable.index
        base = op.arguments[index] if index < len(op.arguments) else None
    if base is None:
        return None
    map_ = rebase(forward.map, start, found.resolve(base))
    if map_ is None:
        return None

    def argument(index: int | None) -> ir.Value | None:
        return op.arguments[index] if index is not None and index < len(op.arguments) else None

    return SyncCall(
        op,
        function,
        forward.method,
        map_,
        argument(forward.key),
        argument(forward.value),
        argument(forward.old),
        argument(forward.callback),
        forward.result,
        forward.ok,
        callee.name,
    )


# --- types ------------------------------------------------------------------------------------------------------------


def is_sync_map(type_: Type, world: World) -> bool:
    """Whether a type is `sync.Map` itself (no pointer to it)."""
    type_ = world.unalias(type_)
    return isinstance(type_, Named) and type_.qualified == SYNC_MAP


def holds_sync_map(type_: Type, world: World) -> bool:
    """Whether a value of this type has a `sync.Map` inside itself, so that copying it copies the map."""
    return isinstance(type_, (Named, Struct, Array)) and world.told(_holds_sync_map, type_)


def _holds_sync_map(type_: Type, world: World, depth: int = 0) -> bool:
    if depth > 6 or type_ == UNKNOWN:
        return False
    if is_sync_map(type_, world):
        return True
    under = world.underlying(type_) if not isinstance(type_, TypeParam) else UNKNOWN
    if isinstance(under, Struct):
        return any(_holds_sync_map(one.type, world, depth + 1) for one in under.fields)
    return isinstance(under, Array) and _holds_sync_map(under.element, world, depth + 1)


def uncomparable(type_: Type, world: World, depth: int = 0) -> bool:
    """Whether values of a type can't be compared with `==`, and so can't be hashed: slices, maps, functions, and
    structs and arrays of them."""
    under = world.underlying(type_) if not isinstance(type_, TypeParam) else UNKNOWN
    if isinstance(under, (Slice, Map, Func)):
        return True
    if depth > 6:
        return False
    if isinstance(under, Struct):
        return any(uncomparable(one.type, world, depth + 1) for one in under.fields)
    return isinstance(under, Array) and uncomparable(under.element, world, depth + 1)


def type_text(type_: Type) -> str:
    """A type as people write it in its package: `[]byte`, `Query`, `map[string]int`."""
    if isinstance(type_, Named):
        arguments = f"[{', '.join(type_text(one) for one in type_.arguments)}]" if type_.arguments else ""
        return type_.name.rpartition(".")[2] + arguments
    if isinstance(type_, Basic):
        return {"uint8": "byte"}.get(type_.name, type_.name)
    if isinstance(type_, Slice):
        return f"[]{type_text(type_.element)}"
    if isinstance(type_, Array):
        return f"[{type_.length}]{type_text(type_.element)}"
    if isinstance(type_, Map):
        return f"map[{type_text(type_.key)}]{type_text(type_.value)}"
    if isinstance(type_, Func):
        return "func"
    if isinstance(type_, Struct):
        return "struct"
    element = getattr(type_, "element", None)
    return f"*{type_text(element)}" if isinstance(element, Type) else "value"


# --- values -----------------------------------------------------------------------------------------------------------


def same_key(left: ir.Value, right: ir.Value) -> bool:
    """Whether two keys are certainly equal if no variable in them has changed: structurally, also calls of the same
    function with the same arguments."""
    one, other = _bare(left), _bare(right)
    if one == other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, ir.Composite) and isinstance(other, ir.Composite):
        return (
            one.type == other.type
            and len(one.entries) == len(other.entries)
            and all(a[0] == b[0] and same_key(a[1], b[1]) for a, b in zip(one.entries, other.entries, strict=True))
        )
    if isinstance(one, ir.Result) and isinstance(other, ir.Result):
        a, b = one.call, other.call
        return (
            one.index == other.index and _repeatable(a) and a.callee == b.callee and _same_all(a.arguments, b.arguments)
        )
    if isinstance(one, ir.Binary) and isinstance(other, ir.Binary):
        return one.op == other.op and same_key(one.left, other.left) and same_key(one.right, other.right)
    return False


def _bare(value: ir.Value) -> ir.Value:
    return ir.strip(value) if not (isinstance(value, ir.Unary) and value.op == "&") else value


def _same_all(left: tuple[ir.Value, ...], right: tuple[ir.Value, ...]) -> bool:
    return len(left) == len(right) and all(same_key(a, b) for a, b in zip(left, right, strict=True))


def _repeatable(call: ir.Call) -> bool:
    callee = call.callee
    name = callee.name if isinstance(callee, (ir.FunctionRef, ir.MethodRef)) else ""
    unlike = ("New", "new", "Next", "next", "Now", "Rand", "rand", "Int", "Add", "Read", "Pop", "Recv", "Generate")
    return bool(name) and not name.startswith(unlike) and not name.endswith("UUID")


def variables_in(value: ir.Value) -> Iterator[ir.Variable]:
    """The local variables that a value mentions, those in the arguments of the calls behind it included."""
    pending, seen = [value], set[ir.Call]()
    while pending:
        for part in parts(pending.pop()):
            if isinstance(part, ir.Local):
                yield part.variable
            elif isinstance(part, ir.Result) and part.call not in seen:
                seen.add(part.call)
                pending.extend((part.call.callee, *part.call.arguments))
