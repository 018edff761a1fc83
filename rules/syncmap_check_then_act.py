"""GM302 syncmap-check-then-act."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Confidence, Finding, Fix, Level, Location, Related
from golint_maps.flow import ir, syncfixes
from golint_maps.flow.locks import lock_op
from golint_maps.flow.ownkeys import own_keys
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import operands, parts
from golint_maps.flow.places import place_name
from golint_maps.flow.promises import has_one_writer
from golint_maps.flow.syncmaps import SyncCall, SyncMaps, sync_calls, sync_maps, variables_in
from golint_maps.flow.syncpaths import (
    MADE,
    SURE,
    VALUE,
    Name,
    Step,
    alone,
    concerns_same,
    in_parallel,
    on_one_goroutine,
    private,
    removes,
    steps,
    stores,
)
from golint_maps.flow.syncvalues import (
    EMPTY,
    STATEFUL,
    identity,
    is_logging,
    is_marker,
    is_of_worker,
    is_reference,
    used_results,
)
from golint_maps.rule import Rule
from golint_maps.types.model import Basic


class SyncmapCheckThenAct(Rule):
    """A decision from one `sync.Map` call is acted on by another one, and other goroutines get in between.

    ## What it reports

    A `Load`, followed on some path by a `Store` or `Delete` of the same key in the same map, with no lock held over
    both, where it matters that somebody else may have changed the entry meanwhile:

    - *load, modify, store*: the value that is stored is made from the one that was loaded (a count, an appended slice,
      a changed copy). The other goroutine's update is lost.
    - *store if missing*: a new object is stored and used although another goroutine has just stored its own. Two
      instances are in use (two connections, two locks, two counters), of which the map knows one.
    - *claim*: whoever finds nothing marks the key and goes on with the work, or reports success. Two goroutines both
      take themselves for the first.
    - *take*: the value is loaded, deleted and used (returned, sent, closed), or its deletion is reported as success. Two
      goroutines take the same value.
    - *compare, delete*: the value is compared with another one and then deleted. What is deleted may be a newer one.

    Methods and functions that only forward to a `sync.Map` (typed or generic wrappers) count as the calls that they
    make.

    ## Why it hurts

    Each method of `sync.Map` is atomic, two of them together are not: between them any other goroutine may store or
    delete. The race detector says nothing, because no memory is accessed without synchronisation. In a trial, four
    goroutines that counted to 20,000 each left a count of 25,108 instead of 80,000, and 500 rounds of *store if
    missing* gave different instances in 499.

    ## Bad

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    type Votes struct{ byName sync.Map }

    func (v *Votes) Add(name string) {
        n, _ := v.byName.Load(name)
        count, _ := n.(int)
        v.byName.Store(name, count+1) // another Add may have stored meanwhile
    }

    func main() {
        v := &Votes{}
        var wg sync.WaitGroup
        for g := 0; g < 4; g++ {
                wg.Add(1)
                go func() {
                        defer wg.Done()
                        for i := 0; i < 1000; i++ {
                                v.Add("ann")
                        }
                }()
        }
        wg.Wait()
        n, _ := v.byName.Load("ann")
        fmt.Println("4000 votes, counted", n)
    }
    ```

    ## Good

    ```go
    package main

    import (
        "fmt"
        "sync"
        "sync/atomic"
    )

    type Votes struct{ byName sync.Map }

    func (v *Votes) Add(name string) {
        n, _ := v.byName.LoadOrStore(name, new(atomic.Int64))
        n.(*atomic.Int64).Add(1)
    }

    func main() {
        v := &Votes{}
        var wg sync.WaitGroup
        for g := 0; g < 4; g++ {
                wg.Add(1)
                go func() {
                        defer wg.Done()
                        for i := 0; i < 1000; i++ {
                                v.Add("ann")
                        }
                }()
        }
        wg.Wait()
        n, _ := v.byName.Load("ann")
        fmt.Println("4000 votes, counted", n.(*atomic.Int64).Load())
    }
    ```

    ## When it stays silent

    - A lock is held over both calls, by this function or by all of its callers. An `RLock` excludes nobody here.
    - The `sync.Map` is a local variable which no other goroutine can reach, or the function only runs before any is
      started.
    - The value that is stored neither depends on the one that was loaded nor is an object of its own: a cache of
      something computed, where it makes no difference whose result stays.
    - The comment of the map says who alone writes it, or each of its entries.
    - No two goroutines have the same key at a time: a work queue or a request of a controller gives it, or each goroutine
      is started with one in a loop.
    - Keys differ, or the key was looked up again (`LoadOrStore`, `CompareAndSwap`, a second `Load`) in between.
    - The entry is deleted after another look at its value under the value's own lock.
    - The entry is deleted without being used: expired or broken entries are cleaned away.
    - If it is used and deleted, or changed and stored, but the package shows no two goroutines that come by, the
      confidence is low, which is not shown by default.

    ## How to fix

    - *store if missing*, *claim*: `actual, loaded := m.LoadOrStore(key, value)`, and go on with `actual`.
    - *take*: `value, loaded := m.LoadAndDelete(key)`.
    - *load, modify, store*: keep a pointer to something atomic (`*atomic.Int64`) or to a struct with its own mutex in
      the map; or repeat `Load` and `CompareAndSwap` until the latter returns true; or use a plain map with a mutex.

    The fix does the first two where nothing stands between the calls. To a goroutine that is alone with the map, the
    result is the same.

    ## Configure and suppress

    `--ignore GM302`, or `ignore = ["GM302"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM302 // reason` or `//golint-maps:ignore GM302 reason`.

    ## References

    - [sync.Map](https://pkg.go.dev/sync#Map)
    - [Go 1.20: `Swap`, `CompareAndSwap` and `CompareAndDelete`](https://go.dev/doc/go1.20)
    """

    id = "GM302"
    name = "syncmap-check-then-act"
    level = Level.WARNING

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Follow each lookup of the function to the stores and deletes of its key."""
        methods = {call.method for call in sync_calls(function, package)}
        if not {"Load", "LoadOrStore"} & methods or not {"Store", "Swap", "Delete"} & methods:
            return
        maps = sync_maps(package)
        if alone(function, maps):
            return
        path = steps(function, maps)
        reported: set[SyncCall] = set()
        for step in path:
            call = maps.by_op.get(step.op) if isinstance(step.op, ir.Call) and step.op.mode == "call" else None
            if call is None or call.method not in ("Store", "Delete") or private(call, maps):
                continue
            for lookup, locks in step.point.pending.items():
                if locks or lookup in reported or not concerns_same(lookup, call):
                    continue
                if lookup.key is not None and is_of_worker(lookup.key):
                    continue
                if own_keys(package).is_own(lookup.key, lookup.function):
                    continue
                changing = {one.function for one in maps.at_place(call) if stores(one) or removes(one)}
                if on_one_goroutine(changing, maps):
                    continue
                reason = (
                    _stored(lookup, call, step, path, maps)
                    if call.method == "Store"
                    else _deleted(lookup, call, step, path)
                )
                if reason in (_DOUBLED, _CLAIMED):
                    # Who puts something in meets nobody but others who do.
                    storing = {one.function for one in maps.at_place(call) if stores(one)}
                    if on_one_goroutine(storing, maps):
                        continue
                if reason and not has_one_writer(call.map, package):
                    reported.add(lookup)
                    by = changing if reason == _LOST else {function}
                    # Who takes entries away, or changes them, often has them by their keys to itself: the package
                    # has to show others.
                    shown = reason not in (_TAKEN, _LOST) or in_parallel(by, maps)
                    yield self._report(lookup, call, reason, package, shown)

    def _report(self, lookup: SyncCall, call: SyncCall, reason: str, package: PackageFlow, shown: bool) -> Finding:
        message, hint = _WORDS[reason]
        return self.finding(
            call.function,
            call.op.at,
            message.format(map=call.name, key=ir.text_of(call.key) if call.key is not None else "the key"),
            map_name=place_name(call.map),
            hint=hint,
            confidence=_SURE[reason] if shown else Confidence.LOW,
            related=[Related(Location(lookup.function.path, *lookup.op.at), f"{lookup.name} is asked here")],
            fix=_fix(lookup, call, reason, package),
        )


_LOST, _DOUBLED, _CLAIMED, _TAKEN, _COMPARED = "lost", "doubled", "claimed", "taken", "compared"
_SURE = {
    _LOST: Confidence.HIGH,
    _DOUBLED: Confidence.MEDIUM,
    _CLAIMED: Confidence.MEDIUM,
    _TAKEN: Confidence.HIGH,
    _COMPARED: Confidence.MEDIUM,
}
_WORDS = {
    _LOST: (
        "{map} is loaded, changed and stored without a lock: "
        "what another goroutine stores under {key} in between is lost",
        "repeat Load and CompareAndSwap until it succeeds, keep an atomic or a mutex in the value, "
        "or hold a mutex over both",
    ),
    _DOUBLED: (
        "{map} has no entry for {key}, so a new object is stored, "
        "but another goroutine may have stored its own in between: two are in use",
        "use LoadOrStore, and go on with the value that it returns",
    ),
    _CLAIMED: (
        "{map} has no entry for {key}, so it is claimed, "
        "but another goroutine may have claimed it in between: both go on",
        "use LoadOrStore, and go on only if its second result is false",
    ),
    _TAKEN: (
        "{map} is loaded and then deleted without a lock: "
        "another goroutine may take the same value of {key} in between",
        "use LoadAndDelete",
    ),
    _COMPARED: (
        "{map} is loaded, compared and then deleted: "
        "what another goroutine stores under {key} in between is deleted in its place",
        "use CompareAndDelete",
    ),
}


def _fix(lookup: SyncCall, call: SyncCall, reason: str, package: PackageFlow) -> Fix | None:
    if reason == _TAKEN:
        return syncfixes.load_and_delete(lookup, call, package)
    return syncfixes.load_or_store(call, package, safe=True) if reason == _DOUBLED else None


def _stored(lookup: SyncCall, call: SyncCall, step: Step, path: list[Step], maps: SyncMaps) -> str:
    if call.value is None:
        return ""
    hit = step.point.hit.get(lookup)
    if hit is not False and _modified(lookup, call.value, step, maps):
        return _LOST
    if hit is not False:
        return ""
    kind = identity(_given_last(call.value, step, path), maps)
    if kind == STATEFUL or (kind == EMPTY and _goes_on_with(call, path, maps)):
        return _DOUBLED
    after = [one for one in path if call.op in one.point.past]
    if is_marker(call.value, maps) and lookup.result not in _taken(lookup):
        exits = _exits(lookup, path)
        if exits and any(_acts(one.op, exits, maps) for one in after):
            return _CLAIMED
    if not kind and _hit_is_refused(lookup, path):
        return _CLAIMED
    return ""


def _given_last(value: ir.Value, step: Step, path: list[Step]) -> ir.Value:
    """What a variable has been given just before a step, on the same branch; the value itself where that is not known."""
    if isinstance(value, ir.Local):
        for one in reversed(path[: path.index(step)]):
            if isinstance(one.op, ir.Assign) and one.op.target == value and one.op.value is not None:
                return one.op.value if one.branches == step.branches else value
    return value


def _taken(lookup: SyncCall) -> set[int]:
    """The numbers of the results of a lookup that are used."""
    body = lookup.function.body
    return {
        part.index
        for op in (ir.walk(body) if body is not None else ())
        for value in operands(op)
        for part in parts(value)
        if isinstance(part, ir.Result) and part.call is lookup.op
    }


def _modified(lookup: SyncCall, value: ir.Value, step: Step, maps: SyncMaps) -> bool:
    """Whether what is stored is made from what was loaded, and isn't merely the same thing again."""
    bare = ir.strip(value)
    if isinstance(bare, ir.Local):
        names = step.point.names.get(bare.variable, frozenset())
        if Name(lookup, MADE) in names:
            return True
        carries = any(name.call is lookup and name.part in (VALUE, SURE) for name in names)
        return carries and not is_reference(bare.variable.type, maps.package.world) and _changed(bare.variable)
    known = {name for variable in variables_in(value) for name in step.point.names.get(variable, ())}
    return any(name.call is lookup and name.part in (VALUE, SURE, MADE) for name in known)


def _changed(variable: ir.Variable) -> bool:
    """Whether a field of a struct variable is assigned anywhere."""
    body = variable.function.body
    for op in ir.walk(body) if body is not None else ():
        if isinstance(op, ir.Assign) and not isinstance(op.target, ir.Local):
            start = ir.root(op.target)
            if isinstance(start, ir.Local) and start.variable is variable:
                return True
    return False


def _goes_on_with(call: SyncCall, path: list[Step], maps: SyncMaps) -> bool:
    """Whether the stored object is used after it was stored, or the key is looked up again to use what is there."""
    bare = ir.strip(call.value) if call.value is not None else None
    if not isinstance(bare, ir.Local):
        return any(
            call.op in one.point.past and isinstance(one.op, ir.Call) and one.op.callee == call.op.callee
            for one in path
        )
    for one in path:
        if call.op in one.point.past and one.op is not call.op:
            if isinstance(one.op, ir.Call) and is_logging(one.op):
                continue
            if any(_is_kept(value, bare.variable, maps) for value in operands(one.op)):
                return True
    return False


def _is_kept(value: ir.Value, variable: ir.Variable, maps: SyncMaps) -> bool:
    """Whether a value has to do with the object that a variable points to, and not just with what is in a field of it."""
    if isinstance(value, ir.Field) and isinstance(maps.package.world.underlying(value.type), Basic):
        return False
    if isinstance(value, (ir.Field, ir.Element, ir.Binary, ir.Opaque, ir.Unary, ir.Conversion)):
        inside = [part for part in parts(value) if isinstance(part, ir.Field)]
        plain = {part.base for part in inside if isinstance(maps.package.world.underlying(part.type), Basic)}
        return any(part == ir.Local(variable) and part not in plain for part in parts(value))
    return any(isinstance(part, ir.Local) and part.variable is variable for part in parts(value))


def _acts(op: ir.Op, exits: list[ir.Op], maps: SyncMaps) -> bool:
    """Whether an op, done by one who has claimed a key, does or says what only one should."""
    if isinstance(op, ir.Call):
        return op not in maps.by_op and not is_logging(op) and not _is_unlock(op)
    if isinstance(op, ir.Return):
        return any(isinstance(one, ir.Return) and _opposite(op, one) for one in exits)
    return isinstance(op, ir.Send)


def _opposite(one: ir.Return, other: ir.Return) -> bool:
    truths = ("true", "false")
    pairs = [(ir.text_of(a), ir.text_of(b)) for a, b in zip(one.values, other.values, strict=False)]
    return any(a in truths and b in truths and a != b for a, b in pairs)


def _is_unlock(op: ir.Call) -> bool:
    return isinstance(op.callee, (ir.MethodRef, ir.Field)) and op.callee.name in ("Unlock", "RUnlock", "Done")


def _exits(lookup: SyncCall, path: list[Step]) -> list[ir.Op]:
    """How the function is left (or the iteration ended) where the lookup has hit."""
    return [one.op for one in path if isinstance(one.op, (ir.Return, ir.Jump)) and one.point.hit.get(lookup) is True]


def _hit_is_refused(lookup: SyncCall, path: list[Step]) -> bool:
    """Whether each hit is an error (or a panic), which says that there must be one only. Where just some are, it is the
    value that was not what it should be."""
    decided = {one.op for one in path if lookup in one.point.hit}
    exits = [one for one in path if one.op in decided and one.op in _exits(lookup, path)]
    at_once = any(one.branches and one.branches[-1] not in decided for one in exits)
    return at_once and all(_refuses(one.op, lookup.function) for one in exits)


def _refuses(op: ir.Op, function: ir.Function) -> bool:
    if isinstance(op, ir.Return) and op.values and function.results:
        failed = function.results[-1].type == Basic("error")
        error = op.values[-1]
        if isinstance(error, ir.Result) and not isinstance(error.call.callee, ir.FunctionRef):
            return False  # what an object has to say, such as the one that was found
        if isinstance(error, ir.Result) and error.index > 0:
            return False  # all that a call gives is handed on: `return toInt(found)`
        return failed and not isinstance(error, (ir.Nil, ir.Local, ir.Field))
    return isinstance(op, ir.Jump) and op.kind == "panic"


def _deleted(lookup: SyncCall, call: SyncCall, step: Step, path: list[Step]) -> str:
    if step.point.hit.get(lookup) is False or lookup.method != "Load":
        return ""  # who puts an entry in for his own time may take it out
    if _is_checked_again(step, lookup, path):
        return ""
    used = used_results(lookup.function)
    for one in path:
        if (call.op in one.point.past or one.op in step.point.past) and _takes(one, lookup, used):
            return _TAKEN
    if any(isinstance(one, ir.If) and _is_compared(one.condition, step, lookup) for one in step.branches):
        return _COMPARED
    misses = [one.op for one in path if isinstance(one.op, ir.Return) and one.point.hit.get(lookup) is False]
    after = [one.op for one in path if isinstance(one.op, ir.Return) and call.op in one.point.past]
    if any(isinstance(a, ir.Return) and isinstance(b, ir.Return) and _opposite(a, b) for a in after for b in misses):
        return _TAKEN
    return ""


def _is_checked_again(step: Step, lookup: SyncCall, path: list[Step]) -> bool:
    """Whether a `Delete` comes after a look at the value under a lock of the value's own: who comes second sees that."""
    for one in path:
        callee = one.op.callee if isinstance(one.op, ir.Call) and one.op in step.point.past else None
        lock = lock_op(callee) if callee is not None else None
        if lock is not None and isinstance(callee, ir.MethodRef) and callee.name == "Lock":
            start = ir.root(callee.base)
            if isinstance(start, ir.Local) and lookup in one.point.carried(start) and step.point.held:
                return any(isinstance(branch, ir.If) and branch.at[0] > one.op.at[0] for branch in step.branches)
    return False


def _is_compared(condition: ir.Value, step: Step, lookup: SyncCall) -> bool:
    """Whether a condition holds only if the loaded value is a certain one."""
    if isinstance(condition, ir.Binary) and condition.op == "&&":
        return _is_compared(condition.left, step, lookup) or _is_compared(condition.right, step, lookup)
    if not (isinstance(condition, ir.Binary) and condition.op == "=="):
        return False
    sides = condition.left, condition.right
    known = any(isinstance(ir.strip(one), (ir.Nil, ir.Constant)) for one in sides)
    return not known and any(lookup in step.point.carried(one) for one in sides)


def _takes(step: Step, lookup: SyncCall, used: set[ir.Call]) -> bool:
    """Whether an op does something with a loaded value that must not be done twice: hand it on, or act on it."""
    op = step.op
    if isinstance(op, ir.Return):
        return any(_is_value(value, step, lookup) for value in op.values)
    if isinstance(op, ir.Send):
        return _is_value(op.value, step, lookup) or _is_value(op.channel, step, lookup)
    if isinstance(op, ir.Assign):
        return not isinstance(op.target, ir.Local) and op.value is not None and _is_value(op.value, step, lookup)
    if isinstance(op, ir.Call):
        if is_logging(op) or lock_op(op.callee) is not None or (op in used and op.mode == "call"):
            return False
        if not op.arguments and "cancel" in ir.text_of(op.callee).lower():
            return False  # to cancel a context twice does no harm
        return any(_is_value(value, step, lookup) for value in (op.callee, *op.arguments))
    return False


def _is_value(value: ir.Value, step: Step, lookup: SyncCall) -> bool:
    return any(isinstance(part, ir.Local) and lookup in step.point.carried(part) for part in parts(value))
