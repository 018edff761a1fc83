"""GM304 syncmap-value-mutated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from golint_maps.finding import Confidence, Finding, Level, Location, Related
from golint_maps.flow import ir
from golint_maps.flow.naming import sets_up
from golint_maps.flow.ownkeys import own_keys
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import operands, parts
from golint_maps.flow.places import place_key, place_name
from golint_maps.flow.promises import has_one_writer
from golint_maps.flow.syncgetters import getters, writes_unlocked
from golint_maps.flow.syncmaps import SyncCall, SyncMaps, sync_maps
from golint_maps.flow.syncpaths import Point, alone, called_under_lock, in_parallel, on_one_goroutine, private, steps
from golint_maps.flow.syncvalues import is_handed_out
from golint_maps.record import record
from golint_maps.rule import Rule
from golint_maps.syntax.source import comment_above
from golint_maps.types.model import Map, Pointer, Slice
from golint_maps.types.world import World

# Names of functions that put back what was saved.
_RESTORES = re.compile(r"(?:[Ll]oad(?:All|Data|From\w*|State|Snapshot)?|[Rr]estore\w*|[Rr]ecover\w*|[Rr]eplay\w*)$")
_UNDER_LOCK = re.compile(
    r"\b(?:under|holding|guarded by|protected by)(?: \S+){0,5} \S*(?:lock|mutex|mu)\b", re.IGNORECASE
)


class SyncmapValueMutated(Rule):
    """A value that was loaded from a `sync.Map` is changed in place without a lock.

    ## What it reports

    A write to a field, map entry or slice element that is reached through a value which came out of a `sync.Map` (by
    `Load`, `LoadOrStore` or the callback of `Range`), while no lock is held. The value may come from a getter of the
    package which hands out what it has loaded, and the write may be in a method that is called on it. All writes to
    the values of one `sync.Map` are one finding, with the other places as related ones.

    If all writes to maps that are values of a `sync.Map` hold a lock, the reads of such maps without any are reported.

    ## Why it hurts

    `sync.Map` guards its own table, and nothing that its values point to. All goroutines that load a key get the same
    pointer, map or slice; writing through it is a plain data race: lost updates, torn values, and for a map the
    fatal error `concurrent map writes`, which can't be recovered from.

    ## Bad

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    type Session struct{ hits int }

    var sessions sync.Map

    func hit(id string) {
        v, _ := sessions.LoadOrStore(id, &Session{})
        v.(*Session).hits++ // every goroutine has the same *Session
    }

    func main() {
        var wg sync.WaitGroup
        for g := 0; g < 4; g++ {
                wg.Add(1)
                go func() {
                        defer wg.Done()
                        for i := 0; i < 1000; i++ {
                                hit("ann")
                        }
                }()
        }
        wg.Wait()
        v, ok := sessions.Load("ann")
        if ok {
                fmt.Println("4000 hits, counted", v.(*Session).hits)
        }
    }
    ```

    ## Good

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    type Session struct {
        mu   sync.Mutex
        hits int
    }

    var sessions sync.Map

    func hit(id string) {
        v, _ := sessions.LoadOrStore(id, &Session{})
        s := v.(*Session)
        s.mu.Lock()
        defer s.mu.Unlock()
        s.hits++
    }

    func main() {
        var wg sync.WaitGroup
        for g := 0; g < 4; g++ {
                wg.Add(1)
                go func() {
                        defer wg.Done()
                        for i := 0; i < 1000; i++ {
                                hit("ann")
                        }
                }()
        }
        wg.Wait()
        v, ok := sessions.Load("ann")
        if ok {
                fmt.Println("4000 hits, counted", v.(*Session).hits)
        }
    }
    ```

    ## When it stays silent

    - Any lock (other than an `RLock`) is held at the write: the value's own mutex, or one around the map, here or in
      all callers.
    - Atomics and methods of the value: they have their own ways.
    - A struct that was copied out of the map: the copy is the caller's own.
    - A value whose key comes out of a channel, or is the number of a worker by its name, or that of a work queue, of a
      request of a controller, or of the round of a loop that started the goroutine: each works on keys of its own.
    - In what is given to `t.Cleanup`.
    - In functions that put back what was saved, by their names (`LoadData`, `Restore`): nobody has the values yet.
    - A type whose comment says under which lock its values are to be touched, and a map whose comment says who alone
      writes it, or each of its entries.
    - Confidence is low, which is not shown by default, where the package shows no two goroutines that get at the value.
    - A value taken by `LoadAndDelete`, filled before it is stored, or kept in a local map which no other goroutine can
      reach.

    ## How to fix

    Give the value a mutex and take it around the write, use the types of `sync/atomic` for its fields, or treat values
    as immutable: store a changed copy with `CompareAndSwap`.

    ## Configure and suppress

    `--ignore GM304`, or `ignore = ["GM304"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM304 // reason` or `//golint-maps:ignore GM304 reason`.

    ## References

    - [sync.Map](https://pkg.go.dev/sync#Map)
    - [The Go memory model](https://go.dev/ref/mem)
    """

    id = "GM304"
    name = "syncmap-value-mutated"
    level = Level.WARNING

    def check_package(self, package: PackageFlow) -> Iterator[Finding]:
        """Report writes through loaded values: one finding for each `sync.Map`, as its values lack one and the same lock."""
        maps = sync_maps(package)
        if not maps.calls:
            return
        groups: dict[tuple[object, bool], list[_Write]] = {}
        locked: dict[tuple[object, bool], _Write] = {}
        reads: dict[tuple[object, bool], _Write] = {}
        for function in package.all_functions():
            if function.body is None or alone(function, maps) or not _has_values(function, maps):
                continue
            if _runs_after_test(function) or _restores(function):
                continue
            for write in _writes(function, package, maps):
                if _is_said_to_be_guarded(write, package):
                    continue
                of = (place_key(write.lookup.map) or write.lookup.op, function.is_test)
                if write.locked:
                    locked.setdefault(of, write)
                else:
                    groups.setdefault(of, []).append(write)
            for read in _reads(function, package, maps):
                reads.setdefault((place_key(read.lookup.map), function.is_test), read)
        for writes in groups.values():
            if not _is_own_business(writes, package, maps) and not has_one_writer(writes[0].lookup.map, package):
                # Whoever works on one key often has its value to itself: the package has to show others.
                ranged = any(call.method == "Range" for call in maps.at_place(writes[0].lookup))
                shown = ranged or any(in_parallel([write.function], maps) for write in writes)
                yield self._report(writes, Confidence.MEDIUM if shown else Confidence.LOW)
        for place, read in reads.items():
            if place in locked and place not in groups:
                yield self._one_side(read, locked[place])

    def _one_side(self, read: _Write, write: _Write) -> Finding:
        return self.finding(
            read.function,
            read.op.at,
            f"{ir.text_of(read.target)} is read without a lock, in a map that is a value of {read.lookup.name}: "
            f"{write.function.name} writes such maps under a lock",
            map_name=place_name(read.lookup.map),
            hint="take the lock of the writers here as well, or store a changed copy in place of the map",
            confidence=Confidence.MEDIUM,
            related=[
                Related(Location(write.function.path, *write.op.at), "written here, with a lock held"),
                Related(Location(read.lookup.function.path, *read.lookup.op.at), "it is loaded here"),
            ],
        )

    def _report(self, writes: list[_Write], confidence: Confidence) -> Finding:
        op, function, target, lookup, written, _ = writes[0]
        how = "visited by Range" if lookup.method == "Range" else "loaded"
        related = [Related(Location(lookup.function.path, *lookup.op.at), f"it is {how} here")]
        by = ""
        if written is not None:
            method = written.method
            by = f" by {method.short_name}"
            related.append(Related(Location(method.path, *written.write.at), f"{method.name} writes it here"))
        for other in writes[1:]:
            where = Location(other.function.path, *other.op.at)
            related.append(Related(where, f"{ir.text_of(other.target)} is written here as well"))
        return self.finding(
            function,
            op.at,
            f"{ir.text_of(target)} is written{by} without a lock, in a value of {lookup.name} "
            "that other goroutines may have loaded too",
            map_name=place_name(lookup.map),
            hint="a sync.Map does not guard its values: give the value a mutex, use atomics, or store a changed copy",
            confidence=confidence,
            related=related,
        )


def _writes(function: ir.Function, package: PackageFlow, maps: SyncMaps) -> Iterator[_Write]:
    """The writes of a function to what it, or a getter, has loaded."""
    for step in steps(function, maps):
        written = _method(step.op, package)
        target = written.on if written is not None else _target(step.op)
        in_map = isinstance(step.op, ir.Access)
        if target is None or (step.point.held and not in_map):
            continue
        inside = written is not None or isinstance(step.op, ir.Access)
        lookup = _reached_from(target, inside, step.point, maps)
        if lookup is None or lookup.method not in ("Load", "LoadOrStore", "Range") or private(lookup, maps):
            continue
        if step.point.hit.get(lookup) is False and _is_awaited(target, step.op, function):
            continue
        own = lookup.key is not None and is_handed_out(lookup.key, lookup.function)
        if not own and not own_keys(package).is_own(lookup.key, lookup.function):
            yield _Write(step.op, function, target, lookup, written, bool(step.point.held))


def _is_awaited(target: ir.Value, op: ir.Op, function: ir.Function) -> bool:
    """Whether who has put a value in closes a channel of it after a write: others wait for that, before they read."""
    start = ir.root(target)
    for later in ir.walk(function.body) if function.body is not None else ():
        if isinstance(later, ir.Call) and later.at[0] > op.at[0] and later.arguments:
            closes = isinstance(later.callee, ir.FunctionRef) and later.callee.name == "close"
            if closes and ir.root(later.arguments[0]) == start:
                return True
    return False


def _reads(function: ir.Function, package: PackageFlow, maps: SyncMaps) -> Iterator[_Write]:
    """The reads of maps that a function has loaded, if it has nothing to do with locks."""
    facts = package.facts.get(function)
    if facts is None or facts.lock_ops or facts.acquires or called_under_lock(function, maps):
        return
    if any(context.held for context in package.contexts.get(function, ())):
        return
    waits = [call.at for call in package.index(function).ops(ir.Call) if ir.text_of(call.callee).endswith(".Wait")]
    for step in steps(function, maps):
        if any(at < step.op.at for at in waits):  # those who write may be done
            continue
        if isinstance(step.op, ir.Access) and step.op.kind in ("read", "iterate", "len"):
            lookup = _reached_from(step.op.map, True, step.point, maps)
            if lookup is not None and lookup.method in ("Load", "Range") and not private(lookup, maps):
                yield _Write(step.op, function, step.op.map, lookup, None)


def _is_own_business(writes: list[_Write], package: PackageFlow, maps: SyncMaps) -> bool:
    """Whether one goroutine alone writes fields that no other function touches, nor an encoder can."""
    functions = {write.function for write in writes} | {one.method.method for one in writes if one.method is not None}
    if not on_one_goroutine(functions, maps):
        return False
    fields: set[tuple[str, str]] = set()
    for target in (one for write in writes for one in _all_targets(write)):
        if not isinstance(target, ir.Field) or not target.owner or target.name[:1].isupper():
            return False
        fields.add((target.owner, target.name))
    inside = {ir.outermost(one) for one in functions}
    return not any(
        isinstance(part, ir.Field) and (part.owner, part.name) in fields
        for function in package.all_functions()
        if ir.outermost(function) not in inside and function.body is not None
        for op in ir.walk(function.body)
        for value in operands(op)
        for part in parts(value)
    )


def _all_targets(write: _Write) -> Iterator[ir.Value]:
    """What a write changes, or all that the method changes which does it."""
    if write.method is None:
        yield write.target
        return
    body = write.method.method.body
    for op in ir.walk(body) if body is not None else ():
        target = _target(op)
        if target is not None:
            yield target


def _restores(function: ir.Function) -> bool:
    """Whether a function, by its name, fills the map from what was saved, or prepares it: nobody has the values yet."""
    outer = ir.outermost(function)
    return sets_up(outer) or _RESTORES.match(outer.short_name) is not None


def _is_said_to_be_guarded(write: _Write, package: PackageFlow) -> bool:
    """Whether the comment of the type that is written says under which lock its values are to be touched."""
    target = ir.strip(write.target)
    holder = target.base.type if isinstance(target, ir.Field) else target.type
    for type_ in (holder, target.type):
        named = package.world.named(type_)
        declared = (
            package.types.types.get(named.name) if named is not None and named.package == package.types.path else None
        )
        if declared is not None and declared.path in package.files:
            if _UNDER_LOCK.search(comment_above(package.files[declared.path].text, declared.at[0])):
                return True
    return False


def _runs_after_test(function: ir.Function) -> bool:
    """Whether a literal is given to `t.Cleanup`: the test and what it has started are over then, as a rule."""
    parent = function.parent
    return (
        parent is not None
        and parent.body is not None
        and any(
            isinstance(op.callee, ir.MethodRef)
            and op.callee.name == "Cleanup"
            and op.callee.owner.startswith("testing.")
            and any(isinstance(one, ir.Closure) and one.function is function for one in op.arguments)
            for op in ir.walk(parent.body)
            if isinstance(op, ir.Call)
        )
    )


def _has_values(function: ir.Function, maps: SyncMaps) -> bool:
    """Whether a function may have values of a `sync.Map` at hand: by calls of its own, or by a getter's."""
    if function in maps.by_function or function.parent in maps.by_function:
        return True
    handing = getters(maps)
    return (
        bool(handing)
        and function.body is not None
        and any(isinstance(op, ir.Call) and _getter(op, maps) is not None for op in ir.walk(function.body))
    )


def _getter(call: ir.Call, maps: SyncMaps) -> SyncCall | None:
    """The lookup whose value a call of a getter returns."""
    declared = maps.package.program.declared(call.callee)
    return getters(maps).get(declared[0]) if len(declared) == 1 else None


@record(frozen=True, slots=True)
class _Method:
    """A method that is called `on` a value, and its first `write` to it."""

    on: ir.Value
    method: ir.Function
    write: ir.Op


class _Write(NamedTuple):
    """A write to `target` (or a read of it), which is reached through what `lookup` gave; `method` does it, where `op` is
    a call. `locked` tells that a lock is held."""

    op: ir.Op
    function: ir.Function
    target: ir.Value
    lookup: SyncCall
    method: _Method | None
    locked: bool = False


def _method(op: ir.Op, package: PackageFlow) -> _Method | None:
    """The method that a call runs, if it writes what it is called on, and not under a lock."""
    if not (isinstance(op, ir.Call) and op.mode == "call" and isinstance(op.callee, ir.MethodRef)):
        return None
    declared = package.program.declared(op.callee)
    write = writes_unlocked(declared[0], package) if len(declared) == 1 else None
    return _Method(op.callee.base, declared[0], write) if write is not None else None


def _target(op: ir.Op) -> ir.Value | None:
    if isinstance(op, ir.Assign):
        return None if isinstance(op.target, ir.Local) else op.target
    if isinstance(op, ir.Access) and op.kind in ("write", "delete", "clear"):
        return op.map
    return None


def _reached_from(target: ir.Value, inside: bool, point: Point, maps: SyncMaps) -> SyncCall | None:
    """The lookup through whose value a place is reached; None if it is a copy of this function's own, or anything else.

    `inside` tells that the place is inside of what `target` refers to (a map).
    """
    world = maps.package.world
    shared = inside
    value = target
    for _ in range(16):
        if isinstance(value, (ir.Field, ir.Element)):
            shared = shared or _refers(value.base, world)
            value = value.base
        elif isinstance(value, ir.Unary) and value.op in "&*":
            shared = shared or value.op == "*"
            value = value.operand
        elif isinstance(value, (ir.Assertion, ir.Conversion)):
            value = value.operand
        elif isinstance(value, ir.Result):
            return _getter(value.call, maps) if shared and value.index == 0 else None
        elif isinstance(value, ir.Local):
            calls = point.carried(value)
            if calls:
                return calls[0] if shared else None
            known = maps.definition(value.variable)
            if known is None or not (shared and _refers(value, world)):
                return None
            value = known
        else:
            return None
    return None


def _refers(value: ir.Value, world: World) -> bool:
    """Whether a value refers to memory that copies of it share."""
    return isinstance(world.underlying(value.type), (Pointer, Map, Slice))
