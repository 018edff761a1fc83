"""GM310 syncmap-range-misuse."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Confidence, Finding, Level, Location, Related
from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import mentions, operands
from golint_maps.flow.places import place_name
from golint_maps.flow.syncmaps import STORES, SyncCall, SyncMaps, same_key, sync_calls, sync_maps, variables_in
from golint_maps.flow.syncpaths import Step, alone, private, steps
from golint_maps.flow.syncvalues import is_logging, is_marker, used_results
from golint_maps.rule import Rule
from golint_maps.types.model import Basic, Pointer


class SyncmapRangeMisuse(Rule):
    """`Range` of a `sync.Map` is taken for a consistent snapshot, or its callback stops it by mistake.

    ## What it reports

    - *stops at the first entry*: every `return` of the callback returns false, although the callback does something
      with the entry (sends, calls, deletes) that is meant for each of them.
    - *count or search, then store*: a counter or a flag that the callback sets decides about a `Store` in the same map,
      without a lock over both.
    - *sum*: values are added up, while the package has a function which changes two entries of the map together, so
      that the sum may see one of the changes and not the other.

    ## Why it hurts

    "Range does not necessarily correspond to any consistent snapshot of the Map's contents": entries come, go and
    change while it runs, and the numbers are old when it returns. A limit that is checked by counting is exceeded by
    whoever counts at the same time; the total of accounts is wrong while a transfer is under way. Returning false ends
    the iteration: of ten subscribers one gets the message.

    ## Bad

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    var subscribers sync.Map

    func publish(message string) {
        subscribers.Range(func(_, value any) bool {
            value.(chan string) <- message
            return false // the others get nothing
        })
    }

    func main() {
        a, b := make(chan string, 1), make(chan string, 1)
        subscribers.Store("a", a)
        subscribers.Store("b", b)
        publish("hello")
        fmt.Println(len(a)+len(b), "of 2")
    }
    ```

    ## Good

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    var subscribers sync.Map

    func publish(message string) {
        subscribers.Range(func(_, value any) bool {
            value.(chan string) <- message
            return true
        })
    }

    func main() {
        a, b := make(chan string, 1), make(chan string, 1)
        subscribers.Store("a", a)
        subscribers.Store("b", b)
        publish("hello")
        fmt.Println(len(a)+len(b), "of 2")
    }
    ```

    ## When it stays silent

    - `Delete` and `Store` inside the callback, which are defined: every other key is visited exactly once.
    - Callbacks that return false on purpose: to ask whether there is any entry, to pick one, to stop when found.
    - Counts and sums that are only shown or returned.
    - A lock around it all, or a map that no other goroutine can reach.

    ## How to fix

    Return true. Where a consistent view is needed, use a plain map with a mutex; for a limit, keep an atomic counter
    next to the map and reserve a place in it before storing.

    ## Configure and suppress

    `--ignore GM310`, or `ignore = ["GM310"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM310 // reason` or `//golint-maps:ignore GM310 reason`.

    ## References

    - [sync.Map.Range](https://pkg.go.dev/sync#Map.Range): "does not necessarily correspond to any consistent snapshot"
    - [sync.Map](https://pkg.go.dev/sync#Map)
    """

    id = "GM310"
    name = "syncmap-range-misuse"
    level = Level.WARNING

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Look at each Range of the function, its callback, and what follows."""
        ranges = [call for call in sync_calls(function, package) if isinstance(call.callback, ir.Closure)]
        if not ranges:
            return
        maps = sync_maps(package)
        path = steps(function, maps)
        for call in ranges:
            assert isinstance(call.callback, ir.Closure)
            callback = call.callback.function
            if _stops_at_once(callback):
                yield self._report(
                    call,
                    f"the callback always returns false, so that {call.name}.Range stops at the first entry",
                    "return true to go on",
                    Confidence.HIGH,
                    stops=_returns(callback),
                )
                continue
            if private(call, maps) or alone(function, maps) or any(s.op is call.op and s.point.held for s in path):
                continue
            store = _decided(call, callback, path, maps)
            if store is not None and not _adds_alone(call, maps):
                yield self._report(
                    call,
                    f"what {call.name}.Range finds out decides about a {store.method}, "
                    "but other goroutines may have changed the map in between",
                    "hold a mutex over both, or keep an atomic counter beside the map",
                    Confidence.MEDIUM,
                    store,
                )
            elif _sums(callback):
                together = _changed_together(call, maps)
                if together is not None:
                    yield self._report(
                        call,
                        f"{call.name} is summed up by Range, which is no snapshot: "
                        f"{together.function.name} may have changed one entry and not yet the other",
                        "use a plain map with a mutex where entries belong together",
                        Confidence.MEDIUM,
                        together,
                    )

    def _report(
        self,
        call: SyncCall,
        message: str,
        hint: str,
        confidence: Confidence,
        other: SyncCall | None = None,
        stops: list[ir.Return] | None = None,
    ) -> Finding:
        related = [Related(Location(call.function.path, *one.at), "it stops here") for one in stops or ()]
        if other is not None:
            related.append(Related(Location(other.function.path, *other.op.at), f"{other.method} is called here"))
        return self.finding(
            call.function,
            call.op.at,
            message,
            map_name=place_name(call.map),
            hint=hint,
            confidence=confidence,
            related=related,
        )


def _stops_at_once(callback: ir.Function) -> bool:
    """Whether a callback only ever returns false, but does something that is not just picking or noticing an entry."""
    if callback.body is None:
        return False
    ops = list(ir.walk(callback.body))
    returns = _returns(callback)
    if not returns or any(len(op.values) != 1 or ir.text_of(op.values[0]) != "false" for op in returns):
        return False
    if any(isinstance(op, ir.Assign) and _is_outside(op.target, callback) for op in ops):
        return False
    used = used_results(callback)
    for op in ops:
        if isinstance(op, ir.Send) or (isinstance(op, ir.Access) and op.kind == "write"):
            return True
        if isinstance(op, ir.Call) and op not in used and not is_logging(op) and not _fails(op):
            return True
    return False


def _returns(function: ir.Function) -> list[ir.Return]:
    return [op for op in ir.walk(function.body) if isinstance(op, ir.Return)] if function.body is not None else []


def _fails(op: ir.Call) -> bool:
    """Whether a call ends a test or the program, for which one entry is enough."""
    name = op.callee.name if isinstance(op.callee, (ir.MethodRef, ir.FunctionRef, ir.Field)) else ""
    return name in ("panic", "Fail", "FailNow", "Skip", "Exit")


def _is_outside(target: ir.Value, callback: ir.Function) -> bool:
    start = ir.root(target)
    return not isinstance(start, ir.Local) or start.variable.function is not callback


def _decided(call: SyncCall, callback: ir.Function, path: list[Step], maps: SyncMaps) -> SyncCall | None:
    """The store that depends on a counter or flag which the callback sets."""
    for variable in _findings(callback):
        gates = [
            step.op
            for step in path
            if isinstance(step.op, ir.If) and call.op.at[1] <= step.op.at[0] and mentions(step.op.condition, variable)
        ]
        for step in path:
            store = maps.by_op.get(step.op) if isinstance(step.op, ir.Call) else None
            if store is None or store.method not in STORES or store.map != call.map or step.point.held:
                continue
            for gate in gates:
                inside = gate.at[0] <= store.op.at[0] < gate.at[1]
                after = gate.at[1] <= store.op.at[0] and (_leaves(gate.then) or _leaves(gate.orelse))
                if inside or after:
                    return store
    return None


def _adds_alone(call: SyncCall, maps: SyncMaps) -> bool:
    """Whether the map is the function's own, and nobody else adds to it: what it has not found, others don't add meanwhile."""
    map_ = ir.strip(call.map)
    own = isinstance(map_, ir.Local) and map_.variable.kind == "local" and map_.variable.function is call.function
    adding = (one.function for one in maps.calls if one.method in STORES and ir.root(one.map) == map_)
    return own and not isinstance(map_.type, Pointer) and all(function is call.function for function in adding)


def _findings(callback: ir.Function) -> list[ir.Variable]:
    """The counters and flags outside of a callback that it sets."""
    found: list[ir.Variable] = []
    for op in ir.walk(callback.body) if callback.body is not None else ():
        if (
            isinstance(op, ir.Assign)
            and isinstance(op.target, ir.Local)
            and op.target.variable.function is not callback
        ):
            flag = op.value is not None and ir.text_of(op.value) in ("true", "false")
            if op.op == "+" or flag:
                found.append(op.target.variable)
    return found


def _leaves(block: ir.Block) -> bool:
    return bool(block.ops) and isinstance(block.ops[-1], (ir.Return, ir.Jump))


def _sums(callback: ir.Function) -> bool:
    """Whether a callback adds something of the value to a variable outside."""
    if callback.body is None or len(callback.params) != 2:
        return False
    known = {callback.params[1]}
    for op in ir.walk(callback.body):
        if isinstance(op, ir.Assign) and isinstance(op.target, ir.Local) and op.value is not None:
            if not known & set(variables_in(op.value)):
                continue
            if op.op == "+" and op.target.variable.function is not callback and isinstance(op.target.type, Basic):
                return True
            known.add(op.target.variable)
    return False


def _changed_together(call: SyncCall, maps: SyncMaps) -> SyncCall | None:
    """A call in a function that acts on the values of two keys of the same map."""
    for function in dict.fromkeys(one.function for one in maps.at_place(call)):
        lookups = [c for c in maps.by_function[function] if c in maps.at_place(call) and _is_given(c.key)]
        lookups = [c for c in lookups if _changes(c, maps)]
        for one in lookups[1:]:
            first = lookups[0]
            if one.key is not None and first.key is not None and not same_key(first.key, one.key):
                return one
    return None


def _changes(call: SyncCall, maps: SyncMaps) -> bool:
    """Whether a call, or what is done with the value that it loads, changes what is stored under a key."""
    if call.method == "Store":
        return call.value is not None and not is_marker(call.value, maps)
    return call.method in ("Load", "LoadOrStore") and _acted_on(call, maps)


def _is_given(key: ir.Value | None) -> bool:
    """Whether a key is a parameter, as those of two things that one operation concerns are."""
    bare = ir.strip(key) if key is not None else None
    return isinstance(bare, ir.Local) and bare.variable.kind == "param"


def _acted_on(lookup: SyncCall, maps: SyncMaps) -> bool:
    """Whether a method is called on a loaded value for its effect, or something is written through it."""
    used = used_results(lookup.function)
    for step in steps(lookup.function, maps):
        values = operands(step.op) if isinstance(step.op, ir.Call) and step.op not in used else ()
        if isinstance(step.op, ir.Assign) and not isinstance(step.op.target, ir.Local):
            values = (step.op.target,)
        for value in values:
            if lookup in step.point.carried(ir.root(value.base if isinstance(value, ir.MethodRef) else value)):
                return True
    return False
