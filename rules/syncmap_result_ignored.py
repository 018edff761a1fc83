"""GM303 syncmap-result-ignored."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Confidence, Finding, Level, Location, Related
from golint_maps.flow import ir, syncfixes
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import operands, parts
from golint_maps.flow.places import place_name
from golint_maps.flow.syncmaps import SyncCall, SyncMaps, sync_calls, sync_maps
from golint_maps.flow.syncpaths import Step, private, steps
from golint_maps.flow.syncvalues import identity, is_logging
from golint_maps.rule import Rule

_CLEANUP = ("Close", "Stop", "Cancel", "Release", "Put", "Free", "Shutdown", "close", "stop", "release", "free")


class SyncmapResultIgnored(Rule):
    """The value that `LoadOrStore` returns is dropped, and the caller goes on with its own.

    ## What it reports

    - A `LoadOrStore` of a `sync.Map` (or of a wrapper that forwards to one) that is given a new object, whose first
      result is dropped, while the object is used afterwards: returned, locked, counted in, sent.
    - As a note, a `Load` both of whose results are dropped: a lookup that does nothing.

    ## Why it hurts

    `LoadOrStore` stores the value only if the key is missing. If another goroutine (or an earlier call) was first, the
    map keeps that one's object and returns it. A caller that goes on with its own object has one which nobody else will
    ever find: two goroutines hold "the" lock of a key at the same time, counts go to a counter that is never read. The
    race detector has nothing to report.

    ## Bad

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    var locks sync.Map

    func lockFor(key string) *sync.Mutex {
        mu := new(sync.Mutex)
        locks.LoadOrStore(key, mu)
        return mu // a new one for each caller
    }

    func main() {
        fmt.Println("one lock:", lockFor("k") == lockFor("k"))
    }
    ```

    ## Good

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    var locks sync.Map

    func lockFor(key string) *sync.Mutex {
        actual, _ := locks.LoadOrStore(key, new(sync.Mutex))
        return actual.(*sync.Mutex)
    }

    func main() {
        fmt.Println("one lock:", lockFor("k") == lockFor("k"))
    }
    ```

    ## When it stays silent

    - The value is a mark (`struct{}{}`, `true`) or something computed, of which one is as good as another.
    - The caller only goes on with its own object where the second result says that it was stored (`if loaded { return
      }`), or only closes it where it was not.
    - The map is a local variable that no other goroutine can reach.

    ## How to fix

    Take the first result and use that: `actual, loaded := m.LoadOrStore(key, value)`. If `loaded` is true, release your
    own.

    The fix does that for a variable; it is not safe, for where a key is there already, another value is used than before.

    ## Configure and suppress

    `--ignore GM303`, or `ignore = ["GM303"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM303 // reason` or `//golint-maps:ignore GM303 reason`.

    ## References

    - [sync.Map.LoadOrStore](https://pkg.go.dev/sync#Map.LoadOrStore)
    - [sync.Map](https://pkg.go.dev/sync#Map)
    """

    id = "GM303"
    name = "syncmap-result-ignored"
    level = Level.WARNING

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Report calls whose results are needed and are not taken."""
        calls = [c for c in sync_calls(function, package) if c.method in ("Load", "LoadOrStore")]
        if not calls:
            return
        maps = sync_maps(package)
        taken = _taken(function)
        for call in calls:
            if call.op.mode != "call":
                continue
            if call.method == "Load" and not taken.get(call.op) and not function.is_test and not call.through:
                yield self.finding(
                    function,
                    call.op.at,
                    f"{call.name} is looked up, and both results are dropped",
                    map_name=place_name(call.map),
                    level=Level.NOTE,
                    hint="use the results, or leave the call out",
                )
            elif call.method == "LoadOrStore" and call.result is not None:
                if call.result in taken.get(call.op, ()) or private(call, maps):
                    continue
                use = _own_value_used(call, maps)
                if use is not None:
                    yield self._report(call, use, package)

    def _report(self, call: SyncCall, use: ir.Op, package: PackageFlow) -> Finding:
        own = ir.text_of(call.value) if call.value is not None else "the value"
        path = call.function.path
        return self.finding(
            call.function,
            call.op.at,
            f"{call.name} may already hold another value, which LoadOrStore returns and which is dropped: "
            f"the caller goes on with {own}, which nobody else will find",
            map_name=place_name(call.map),
            hint="take the first result of LoadOrStore and go on with that",
            confidence=Confidence.HIGH,
            related=[Related(Location(path, *use.at), f"{own} is used here, stored or not")],
            fix=syncfixes.load_or_store(call, package, safe=False),
        )


def _taken(function: ir.Function) -> dict[ir.Call, set[int]]:
    """The numbers of the results that are used, by call."""
    found: dict[ir.Call, set[int]] = {}
    for op in ir.walk(function.body) if function.body is not None else ():
        for value in operands(op):
            for part in parts(value):
                if isinstance(part, ir.Result):
                    found.setdefault(part.call, set()).add(part.index)
    return found


def _own_value_used(call: SyncCall, maps: SyncMaps) -> ir.Op | None:
    """The op that uses the caller's own object although another one may be in the map."""
    own = ir.strip(call.value) if call.value is not None else None
    if not isinstance(own, ir.Local) or call.value is None or not identity(call.value, maps):
        return None
    for step in steps(call.function, maps):
        if call.op in step.point.past and step.point.hit.get(call) is not False and _uses(step, own.variable):
            return step.op
    return None


def _uses(step: Step, variable: ir.Variable) -> bool:
    op = step.op
    if isinstance(op, (ir.If, ir.Loop, ir.Switch)):
        return False
    if isinstance(op, ir.Call):
        if is_logging(op):
            return False
        if isinstance(op.callee, (ir.MethodRef, ir.Field, ir.FunctionRef)) and op.callee.name.startswith(_CLEANUP):
            return False
    return any(
        isinstance(part, ir.Local) and part.variable is variable for value in operands(op) for part in parts(value)
    )
