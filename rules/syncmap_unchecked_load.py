"""GM307 syncmap-unchecked-load."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Confidence, Finding, Level, Location, Related
from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import operands, parts
from golint_maps.flow.places import place_name
from golint_maps.flow.syncmaps import REMOVES, STORES, SyncCall, SyncMaps, same_key, sync_calls, sync_maps
from golint_maps.flow.syncpaths import OK, VALUE, Name, Point, assume, steps
from golint_maps.rule import Rule

# The lookups that give nil for a missing key.
_MISSING = frozenset({"Load", "LoadAndDelete", "Swap"})


class SyncmapUncheckedLoad(Rule):
    """The value of `Load` is asserted to a type without asking whether the key was there, which panics if it was not.

    ## What it reports

    A type assertion with one result (`v.(T)`) of what `sync.Map.Load` (or `LoadAndDelete`, `Swap`) gave, on a path on which
    neither the second result of the call nor the value itself has been checked.

    ## Why it hurts

    For a key that is missing, `Load` returns a nil interface. Asserting that panics:
    `interface conversion: interface {} is nil, not string`. It happens when another goroutine has just deleted the
    entry, or hasn't stored it yet, so that tests rarely see it.

    ## Bad

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    type Users struct{ byID sync.Map }

    func (u *Users) Name(id int) string {
        v, _ := u.byID.Load(id)
        return v.(string)
    }

    func main() {
        u := &Users{}
        fmt.Println(u.Name(1))
    }
    ```

    ## Good

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    type Users struct{ byID sync.Map }

    func (u *Users) Name(id int) string {
        v, ok := u.byID.Load(id)
        if !ok {
            return "nobody"
        }
        return v.(string)
    }

    func main() {
        u := &Users{}
        fmt.Println(u.Name(1))
    }
    ```

    ## When it stays silent

    - The second result or a comparison with nil says that there is a value; the assertion has two results; a type
      switch.
    - The key has certainly been stored: earlier in the function, or a constant key that the package stores and never
      deletes.
    - Nothing speaks for a missing key: the second result has no name, nothing is deleted from the map, and the key is no
      parameter of an exported function.
    - Tests, where a panic is an answer as well.

    ## How to fix

    `v, ok := m.Load(key)`, and act on `ok`; or `s, _ := v.(string)`, which gives the zero value for nil.

    ## Configure and suppress

    `--ignore GM307`, or `ignore = ["GM307"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM307 // reason` or `//golint-maps:ignore GM307 reason`.

    ## References

    - [sync.Map.Load](https://pkg.go.dev/sync#Map.Load)
    - [Type assertions](https://go.dev/ref/spec#Type_assertions)
    """

    id = "GM307"
    name = "syncmap-unchecked-load"
    level = Level.WARNING

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Report assertions of values that may be nil."""
        if function.is_test or all(call.method not in _MISSING for call in sync_calls(function, package)):
            return
        maps = sync_maps(package)
        seen: set[SyncCall] = set()
        for step in steps(function, maps):
            for value in operands(step.op):
                for assertion, point in _assertions(value, step.point, function, maps):
                    lookup = _unchecked(assertion, point)
                    if lookup is None or lookup in seen or _surely_stored(lookup, maps):
                        continue
                    if not _may_be_missing(lookup, step.point, maps):
                        continue
                    seen.add(lookup)
                    yield self._report(lookup, assertion)

    def _report(self, lookup: SyncCall, assertion: ir.Assertion) -> Finding:
        key = ir.text_of(lookup.key) if lookup.key is not None else "the key"
        return self.finding(
            lookup.function,
            assertion.at,
            f"the value that {lookup.name} has for {key} is asserted without a check: it is nil if the key is missing, "
            "and the assertion panics",
            map_name=place_name(lookup.map),
            hint=f"check the second result of {lookup.method}, or use the assertion with two results",
            confidence=Confidence.HIGH,
            related=[Related(Location(lookup.function.path, *lookup.op.at), "it is loaded here")],
        )


def _assertions(
    value: ir.Value, point: Point, function: ir.Function, maps: SyncMaps
) -> Iterator[tuple[ir.Assertion, Point]]:
    """The assertions in a value, each with what is known when it is evaluated."""
    if isinstance(value, ir.Binary) and value.op in ("&&", "||"):
        yield from _assertions(value.left, point, function, maps)
        point = assume(value.left, value.op == "&&", point, function, maps)
        yield from _assertions(value.right, point, function, maps)
        return
    for part in parts(value):
        if isinstance(part, ir.Assertion) and not part.checked:
            yield part, point


def _unchecked(assertion: ir.Assertion, point: Point) -> SyncCall | None:
    bare = assertion.operand
    if not isinstance(bare, ir.Local):
        return None
    for name in point.names.get(bare.variable, ()):
        if name.call is not None and name.part == VALUE and name.call.method in _MISSING and not name.call.through:
            return None if point.hit.get(name.call) is True or _is_asked(name.call, point) else name.call
    return None


def _is_asked(lookup: SyncCall, point: Point) -> bool:
    """Whether the ok of a lookup has been given to another function, as to one that ends a test: `require.True(t, ok)`."""
    oks = {variable for variable, names in point.names.items() if Name(lookup, OK) in names}
    given = (argument for op in point.past if isinstance(op, ir.Call) for argument in op.arguments)
    return any(isinstance(one, ir.Local) and one.variable in oks for one in given)


def _may_be_missing(lookup: SyncCall, point: Point, maps: SyncMaps) -> bool:
    """Whether anything speaks for a missing key: the ok has a name, so that somebody meant to look at it, entries go, or
    anybody may ask for any key (but not to unlock what was not locked)."""
    if any(Name(lookup, OK) in names for names in point.names.values()) or lookup.method in REMOVES:
        return True
    if any(call.method in REMOVES for call in maps.at_place(lookup)):
        return True
    start = ir.root(lookup.key) if lookup.key is not None else None
    asked = isinstance(start, ir.Local) and start.variable.kind == "param"
    return asked and lookup.function.exported and "unlock" not in lookup.function.short_name.lower()


def _surely_stored(lookup: SyncCall, maps: SyncMaps) -> bool:
    """Whether something says that the key is there: it was stored, or given to a function, earlier in this one."""
    key = lookup.key
    if key is None:
        return True
    constant = isinstance(ir.strip(key), ir.Constant)
    others = maps.at_place(lookup)
    for op in _calls_before(lookup):
        call = maps.by_op.get(op)
        if call is not None:
            # A literal may have been given the object under a name of its own.
            at_same = call.map == lookup.map if call.function is lookup.function else call in others
            if call.method in STORES and at_same and call.key is not None and same_key(call.key, key):
                return True
            continue
        declared = maps.package.program.declared(op.callee)
        if declared and any(same_key(argument, key) for argument in op.arguments):
            return True
        if constant and any(other.function in declared and other.method in STORES for other in others):
            return True
    if not constant or any(other.method in REMOVES for other in others):
        return False
    return any(other.method in STORES and other.key is not None and same_key(other.key, key) for other in others)


def _calls_before(lookup: SyncCall) -> Iterator[ir.Call]:
    """The calls that stand before a lookup in its function and those around it, function literals included."""
    for op in ir.walk_with_literals(ir.outermost(lookup.function)):
        if isinstance(op, ir.Call) and op is not lookup.op and op.at[0] < lookup.op.at[0]:
            yield op
