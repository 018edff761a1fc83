"""What it takes to publish a map: which calls put an object where others see it, and which give out such a one.

Libraries are known by name. In the package itself it is told by what functions do: they take a map over from a
configuration, or call what computes its result once for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from golint_maps.finding import Confidence
from golint_maps.flow import ir
from golint_maps.flow.answers import about
from golint_maps.flow.definitions import definitions
from golint_maps.flow.index import Index
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import parts
from golint_maps.flow.places import place_key, prefixes
from golint_maps.record import record
from golint_maps.types.world import World

LOADED = "loaded"
CACHED = "cached"
CONTEXT = "context"
DEFAULT = "default"
SENT = "sent"
PUT = "put"
STORED = "stored"
CLONED = "cloned"
CONFIG = "config"
ONCE = "once"

ATOMICS = frozenset(
    ("sync/atomic.Value", "sync/atomic.Pointer", "go.uber.org/atomic.Value", "go.uber.org/atomic.Pointer")
)
# Methods whose results are shared and must not be changed, by the qualified type that has them.
_SHARED_RESULTS = {
    "k8s.io/client-go/tools/cache.Store": frozenset(("Get", "GetByKey", "List")),
    "k8s.io/client-go/tools/cache.Indexer": frozenset(("Get", "GetByKey", "List", "ByIndex", "Index")),
    "k8s.io/client-go/tools/cache.ThreadSafeStore": frozenset(("Get", "List", "ByIndex", "Index")),
    "github.com/hashicorp/go-memdb.Txn": frozenset(("First", "FirstWatch", "Last", "LastWatch", "Get", "GetReverse")),
    "github.com/hashicorp/go-memdb.ResultIterator": frozenset(("Next",)),
}
_LISTER_METHODS = frozenset(("Get", "List"))
_ONCE = frozenset(("OnceValue", "OnceValues"))
CLONES = frozenset((("maps", "Clone"), ("golang.org/x/exp/maps", "Clone")))

# Types of configurations, and the packages that declare them.
_CONFIG = re.compile(r"(?:Config|Configuration|Conf|Cfg|Options|Opts|Settings|Defaults)$")
_CONFIG_PACKAGES = frozenset(("config", "conf", "configuration", "options", "settings"))


@record(frozen=True, slots=True)
class Mark:
    """One way in which an object was published: where, and through what (`r.table`, the channel `p.out`)."""

    kind: str
    at: ir.Span
    function: ir.Function
    through: str
    confidence: Confidence = Confidence.HIGH


@record(frozen=True, slots=True)
class PublishedWrite:
    """A map that is written in place after it was published as `mark` says.

    `kind` is `write`, `delete` or `clear`, or `return` for a map that leaves although others have a part in it: a shallow
    clone while the inner maps, which it shares with the original, are written elsewhere, or a map that goes back to its
    pool. `users` are the places where others use it, `again` those where the function writes it in the same way.
    """

    mark: Mark
    function: ir.Function
    at: ir.Span
    map: str
    kind: str
    confidence: Confidence
    users: tuple[tuple[ir.Function, ir.Span], ...] = ()
    again: tuple[ir.Span, ...] = ()


class Part(NamedTuple):
    """What a function has to do with what others can see: it puts something there, gets something, or takes it over."""

    publishes: bool
    gives: bool
    takes_over: bool


def part_of(function: ir.Function, package: PackageFlow) -> Part:
    """What a function has to do with what others can see; remembered."""

    def look(seen: PackageFlow) -> Part:
        index, world = seen.index(function), seen.world
        callees = [call.callee for call in index.ops(ir.Call)]
        return Part(
            bool(index.ops(ir.Send)) or any(publishes(callee, world) for callee in callees),
            any(gives(callee, world) for callee in callees),
            any(_takes_over(op, world) for op in index.ops(ir.Assign)),
        )

    return about("published", function, package, look)


def _takes_over(op: ir.Assign, world: World) -> bool:
    """Whether a map of a configuration is put into another object."""
    bare = ir.strip(op.value) if op.value is not None else None
    if isinstance(bare, ir.Composite):
        return any(configures(entry, world) for _, entry in bare.entries)
    return bare is not None and isinstance(op.target, ir.Field) and configures(bare, world)


def configures(value: ir.Value, world: World) -> bool:
    """Whether a value is a map of a configuration, by the name of a type on the way to it, or of that type's package."""
    bare = ir.strip(value)
    if not isinstance(bare, ir.Field) or world.map_type(bare.type) is None:
        return False
    for part in prefixes(bare)[1:]:
        type_ = world.named(part.type)
        if type_ is not None and (_CONFIG.search(type_.name) or type_.package.rpartition("/")[2] in _CONFIG_PACKAGES):
            return True
    return False


def configured_fields(package: PackageFlow) -> dict[str, Mark]:
    """The fields, by place key, that hold a map of their own as a rule, and at one place that of a configuration.

    The configuration is one that a method's object has: it is there for all calls of the method.
    """
    found: dict[str, Mark] = {}
    own: set[str] = set()
    functions = [one for one in package.all_functions() if one.body is not None and not one.is_test]
    if not any(part_of(one, package).takes_over for one in functions):
        return found
    for function in functions:
        for key, value, at in fields_given(function, package):
            bare = ir.strip(value)
            start = ir.root(bare)
            if isinstance(bare, (ir.Make, ir.Composite)):
                own.add(key)
            elif isinstance(start, ir.Local) and start.variable.kind == "receiver" and configures(bare, package.world):
                found.setdefault(key, Mark(CONFIG, at, function, ir.text_of(bare), Confidence.MEDIUM))
    return {key: mark for key, mark in found.items() if key in own}


def computed_once(package: PackageFlow) -> frozenset[str]:
    """The place keys of functions that `sync.OnceValue` has made: all who call them get one and the same result."""
    return frozenset(key for function in package.all_functions() for key in _once_in(package.index(function)))


def _once_in(index: Index) -> tuple[str, ...]:
    keys = (
        place_key(op.target)
        for op in index.ops(ir.Assign)
        if isinstance(op.value, ir.Result)
        and isinstance(op.value.call.callee, ir.FunctionRef)
        and op.value.call.callee.package == "sync"
        and op.value.call.callee.name in _ONCE
    )
    return tuple(key for key in keys if key is not None)


def mentioned(index: Index) -> Iterator[ir.Value]:
    """The maps that a function writes, and what it assigns."""
    yield from (op.map for op in index.ops(ir.Access) if op.kind != "read")
    yield from (op.value for op in index.ops(ir.Assign) if op.value is not None)


def holds(value: ir.Value, fields: Mapping[str, Mark]) -> bool:
    """Whether a value leads through one of some fields, by place key."""
    return any(isinstance(part, ir.Field) and place_key(part) in fields for part in prefixes(value))


def publishes(callee: ir.Value, world: World) -> bool:
    """Whether a call publishes one of its arguments."""
    if not isinstance(callee, (ir.MethodRef, ir.Field)):
        return False
    if callee.name in ("Store", "Swap", "CompareAndSwap"):
        return method_owner(callee, world) in ATOMICS
    return callee.name == "Put" and method_owner(callee, world) == "sync.Pool"


def method_owner(callee: ir.MethodRef | ir.Field, world: World) -> str:
    """The qualified type whose method is called, also where its declaration is not here; "" if it is not known."""
    if isinstance(callee, ir.MethodRef) and callee.owner:
        return callee.owner
    named = world.named(callee.base.type)
    return named.qualified if named is not None else ""


def _defined(value: ir.Value) -> ir.Value:
    """What a variable that is assigned once stands for."""
    bare = ir.strip(value)
    if isinstance(bare, ir.Local) and bare.variable.assignments == 1:
        given = definitions(bare.variable)
        if len(given) == 1 and given[0] is not None:
            return ir.strip(given[0])
    return bare


def gives(callee: ir.Value, world: World) -> bool:
    """Whether a call itself, and not only a getter that it calls, may give out a published object."""
    if isinstance(callee, ir.FunctionRef):
        return (callee.package, callee.name) in CLONES
    if not isinstance(callee, (ir.MethodRef, ir.Field)):
        return False
    owner = method_owner(callee, world)
    if (callee.name == "Load" and owner in ATOMICS) or (callee.name == "Value" and owner == "context.Context"):
        return True
    return shares_results(callee, world)


def shares_results(callee: ir.MethodRef | ir.Field, world: World) -> bool:
    """Whether a method gives out what others have as well: a cache, a lister, an iterator over one of these."""
    known = _SHARED_RESULTS.get(method_owner(callee, world))
    if known is not None:
        return callee.name in known
    if callee.name in _LISTER_METHODS and _lister(callee.base, world):
        return True
    return callee.name == "Next" and _iterates(callee.base, world)


def _lister(value: ir.Value, world: World) -> bool:
    """Whether a value is one of client-go's listers, or `lister.Pods(namespace)`."""
    bare = _defined(value)
    named = world.named(bare.type)
    if named is not None and "/listers/" in named.package and named.name.endswith("Lister"):
        return True
    if isinstance(bare, ir.Result) and isinstance(bare.call.callee, (ir.MethodRef, ir.Field)):
        return bare.call.callee.name == "Lister" or _lister(bare.call.callee.base, world)
    return False


def _iterates(value: ir.Value, world: World) -> bool:
    """Whether a value is what a shared query returned: an iterator over shared objects."""
    bare = _defined(value)
    if not isinstance(bare, ir.Result) or not isinstance(bare.call.callee, (ir.MethodRef, ir.Field)):
        return False
    return bare.index == 0 and shares_results(bare.call.callee, world)


def fields_given(function: ir.Function, package: PackageFlow) -> Sequence[tuple[str, ir.Value, ir.Span]]:
    """The values that fields of named types are given: place key of the field, value, where."""
    return about("fields", function, package, lambda seen: tuple(_look_for_fields(function, seen.index(function))))


def _look_for_fields(function: ir.Function, index: Index) -> Iterator[tuple[str, ir.Value, ir.Span]]:
    assert function.body is not None
    with_literals = {op for op, _ in index.inside(ir.Composite)}
    for op in ir.walk(function.body):
        if isinstance(op, ir.Assign) and op.value is not None and isinstance(op.target, ir.Field):
            key = place_key(op.target)
            if key is not None:
                yield key, op.value, op.at
        for value in _literals(op) if op in with_literals else ():
            owner = getattr(value.type, "qualified", "")
            for name, entry in value.entries if owner else ():
                if isinstance(name, str):
                    yield f"{owner}.{name}", entry, entry.at


def _literals(op: ir.Op) -> Iterator[ir.Composite]:
    values: tuple[ir.Value | None, ...] = ()
    if isinstance(op, (ir.Assign, ir.Send, ir.Access)):
        values = (op.value,)
    elif isinstance(op, ir.Return):
        values = op.values
    elif isinstance(op, ir.Call):
        values = op.arguments
    for value in values:
        if value is not None:
            for part in parts(value):
                if isinstance(part, ir.Composite):
                    yield part
